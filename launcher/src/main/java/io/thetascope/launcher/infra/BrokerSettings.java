package io.thetascope.launcher.infra;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What may differ between one embedded broker and another; everything else is fixed for a single small node.
 *
 * @param lock how long a share-group record stays acquired without renewal, when the group says nothing; 15 s to 60 s
 * @param deliveryLimit how often a share-group record is delivered before the broker archives it; 2 to 10
 */
public record BrokerSettings(Duration lock, int deliveryLimit) {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final Duration SHORTEST_LOCK = Duration.ofSeconds(15);
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(60);

    /** Kafka's own defaults: 30 s, five deliveries. */
    public static final BrokerSettings DEFAULTS = new BrokerSettings(Duration.ofSeconds(30), 5);

    public BrokerSettings {
        if (lock.compareTo(SHORTEST_LOCK) < 0 || lock.compareTo(LONGEST_LOCK) > 0) {
            throw new IllegalArgumentException("lock must be 15 s to 60 s: " + lock);
        }
        if (deliveryLimit < 2 || deliveryLimit > 10) {
            throw new IllegalArgumentException("deliveryLimit must be 2 to 10: " + deliveryLimit);
        }
    }

    Properties properties(Path dir, int clientPort, int controllerPort) {
        Properties p = new Properties();
        listeners(p, clientPort, controllerPort);
        singleNode(p);
        small(p);
        p.setProperty("log.dirs", dir.toString());
        // facts are replayed from the start: nothing expires unless its topic says so
        p.setProperty("log.retention.ms", "-1");
        p.setProperty("log.retention.bytes", "-1");
        p.setProperty("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
        // a topic is created by the service that knows its settings, never by a typing error
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("group.share.record.lock.duration.ms", Long.toString(lock.toMillis()));
        p.setProperty("group.share.min.record.lock.duration.ms", Long.toString(SHORTEST_LOCK.toMillis()));
        p.setProperty("group.share.max.record.lock.duration.ms", Long.toString(LONGEST_LOCK.toMillis()));
        p.setProperty("group.share.delivery.count.limit", Integer.toString(deliveryLimit));
        return p;
    }

    private static void listeners(Properties p, int clientPort, int controllerPort) {
        String clients = "CLIENTS://" + Ports.LOOPBACK + ":" + clientPort;
        String controller = Ports.LOOPBACK + ":" + controllerPort;
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE_ID));
        p.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
        p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        p.setProperty("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
        p.setProperty("advertised.listeners", clients);
        p.setProperty("inter.broker.listener.name", "CLIENTS");
        p.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }

    private static void singleNode(Properties p) {
        for (String topic : new String[] {"offsets.topic", "share.coordinator.state.topic", "transaction.state.log"}) {
            p.setProperty(topic + ".replication.factor", "1");
            p.setProperty(topic + ".num.partitions", "4");
        }
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("num.partitions", "12");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
    }

    private static void small(Properties p) {
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("log.cleaner.threads", "1");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        p.setProperty("log.segment.bytes", Integer.toString(128 << 20));
        p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
    }
}
