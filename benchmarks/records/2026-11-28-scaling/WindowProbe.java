import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Holds the first record of a partition and takes those behind it until the broker gives no more. */
public final class WindowProbe {
    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        int records = Integer.parseInt(arguments[1]);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("window-probe", 1, (short) 1))).all().get();
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "window-probe");
            admin.incrementalAlterConfigs(Map.of(group, List.of(
                    set("share.auto.offset.reset", "earliest"), set("share.record.lock.duration.ms", "60000")))).all().get();
        }
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", servers), bytes, bytes)) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("window-probe", "job".getBytes(StandardCharsets.UTF_8)));
            }
        }
        try (var holder = consumer(servers, 1); var taker = consumer(servers, 500)) {
            ConsumerRecord<byte[], byte[]> held = null;
            while (held == null) {
                for (var found : holder.poll(Duration.ofSeconds(5))) {
                    held = found;
                }
            }
            System.out.println("held offset " + held.offset());
            long held0 = held.offset();
            long last = -1;
            long taken = 0;
            long renewed = System.nanoTime();
            for (long idle = System.nanoTime(); System.nanoTime() - idle < 40_000_000_000L; ) {
                for (var found : taker.poll(Duration.ofSeconds(1))) {
                    last = Math.max(last, found.offset());
                    taken++;
                    taker.acknowledge(found, AcknowledgeType.ACCEPT);
                    idle = System.nanoTime();
                }
                taker.commitSync();
                if (System.nanoTime() - renewed > 15_000_000_000L) {
                    renew(holder, held);
                    for (var found : holder.poll(Duration.ofSeconds(5))) {
                        held = found;
                    }
                    renewed = System.nanoTime();
                }
            }
            System.out.println("taken " + taken + " of " + (records - 1) + " behind it, up to offset " + last + "; none in 40 s");
            holder.acknowledge(held, AcknowledgeType.ACCEPT);
            holder.commitSync();
            System.out.println("released offset " + held0);
            long more = 0;
            for (int i = 0; i < 60 && taken + more < records - 1; i++) {
                for (var found : taker.poll(Duration.ofSeconds(1))) {
                    more++;
                    taker.acknowledge(found, AcknowledgeType.ACCEPT);
                }
                taker.commitSync();
            }
            System.out.println("taken after that: " + more);
        }
    }

    private static void renew(KafkaShareConsumer<byte[], byte[]> holder, ConsumerRecord<byte[], byte[]> held) {
        holder.acknowledge(held, AcknowledgeType.RENEW);
        holder.commitSync();
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    }

    private static KafkaShareConsumer<byte[], byte[]> consumer(String servers, int most) {
        KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers", servers,
                        "group.id", "window-probe",
                        "share.acknowledgement.mode", "explicit",
                        "share.acquire.mode", "record_limit",
                        "max.poll.records", most),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of("window-probe"));
        return consumer;
    }
}
