package io.thetascope.messaging;

import io.thetascope.contracts.event.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that a service touches, each with its dead-letter topic, or verifies those that are there. Several
 * services may do so at once. A topic that differs is reported and left as it is: it may hold a study's only facts.
 */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private final Admin admin;

    private Topics(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates what is missing and verifies the rest.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not let us, or is away
     */
    public static void ensure(Admin admin, Set<Topic> topics) {
        Topics ensured = new Topics(admin);
        Map<String, NewTopic> wanted = wanted(topics);
        Set<String> there = KafkaAnswers.await(admin.listTopics().names());
        ensured.create(select(wanted.values(), name -> !there.contains(name)));
        ensured.verify(select(wanted.values(), there::contains));
    }

    /** Returns the topics as they are created, dead-letter topics included, by name. */
    static Map<String, NewTopic> wanted(Set<Topic> topics) {
        Map<String, NewTopic> wanted = new TreeMap<>();
        for (Topic topic : topics) {
            boolean compacted = topic.kind() == Topic.Kind.COMPACTED;
            wanted.put(topic.topicName(), wanted(topic.topicName(), topic.partitions(), compacted));
            wanted.put(topic.deadLetterName(), wanted(topic.deadLetterName(), Topic.DEAD_LETTER_PARTITIONS, false));
        }
        return wanted;
    }

    private static NewTopic wanted(String name, int partitions, boolean compacted) {
        Map<String, String> configuration = compacted
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configuration);
    }

    private static List<NewTopic> select(Collection<NewTopic> topics, Predicate<String> byName) {
        return topics.stream().filter(topic -> byName.test(topic.name())).toList();
    }

    private void create(List<NewTopic> missing) {
        CreateTopicsResult created = admin.createTopics(missing);
        created.values().forEach((name, answer) -> {
            try {
                KafkaAnswers.await(answer);
                LOG.info("topic created topic={}", name);
            } catch (TopicExistsException e) {
                LOG.debug("topic created by another service topic={}", name);
            }
        });
    }

    private void verify(List<NewTopic> existing) {
        List<String> names = existing.stream().map(NewTopic::name).toList();
        List<ConfigResource> resources = names.stream().map(Topics::resource).toList();
        Map<String, TopicDescription> descriptions =
                KafkaAnswers.await(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs =
                KafkaAnswers.await(admin.describeConfigs(resources).all());
        for (NewTopic topic : existing) {
            TopicDescription description = descriptions.get(topic.name());
            Config config = configs.get(resource(topic.name()));
            if (description != null && config != null) {
                verify(topic, description, config);
            }
        }
    }

    private static void verify(NewTopic wanted, TopicDescription is, Config config) {
        differ(
                wanted.name(),
                "partitions",
                String.valueOf(wanted.numPartitions()),
                "" + is.partitions().size());
        wanted.configs().forEach((key, value) -> {
            ConfigEntry entry = config.get(key);
            differ(wanted.name(), key, value, entry == null ? "absent" : entry.value());
        });
    }

    private static void differ(String topic, String setting, String wanted, String is) {
        if (!wanted.equals(is)) {
            LOG.warn(
                    "topic differs topic={} setting={} is={} wanted={}; alter it with kafka-configs or kafka-topics",
                    topic,
                    setting,
                    is,
                    wanted);
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
