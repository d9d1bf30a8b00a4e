package io.thetascope.messaging;

import io.thetascope.contracts.event.ShareGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.config.ConfigResource;

/** The settings of share groups, which live on the broker and not in a consumer's configuration. */
public final class ShareGroups {
    private static final String FEATURE = "share.version";
    private static final String OFFSET_RESET = "share.auto.offset.reset";
    private static final String LOCK_DURATION = "share.record.lock.duration.ms";

    private ShareGroups() {}

    /**
     * Sets up a group before its first job: it reads from the beginning, else jobs sent before its first worker would be
     * lost; and a record is locked for so long unless renewed.
     *
     * @param lock at least 15 s unless the broker is set to allow less
     * @throws IllegalStateException when the broker has no share groups
     */
    public static void configure(Admin admin, ShareGroup group, Duration lock) {
        requireFeature(admin);
        alter(admin, group, Map.of(OFFSET_RESET, "earliest", LOCK_DURATION, Long.toString(lock.toMillis())));
    }

    /** Sets where a group begins and leaves its lock duration as it is; for senders of jobs. */
    public static void configure(Admin admin, ShareGroup group) {
        requireFeature(admin);
        alter(admin, group, Map.of(OFFSET_RESET, "earliest"));
    }

    /**
     * Asserts that the broker has share groups.
     *
     * @throws IllegalStateException when it has not; the message says how to enable them
     */
    public static void requireFeature(Admin admin) {
        FinalizedVersionRange range = KafkaAnswers.await(
                        admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get(FEATURE);
        if (range == null || range.maxVersionLevel() < 1) {
            throw new IllegalStateException("the Kafka cluster has no share groups (feature " + FEATURE
                    + " is not 1); enable them with: kafka-features.sh --bootstrap-server HOST:PORT upgrade --feature "
                    + FEATURE + "=1 (Kafka >= 4.2)");
        }
    }

    private static void alter(Admin admin, ShareGroup group, Map<String, String> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group.groupId());
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(s -> new AlterConfigOp(new ConfigEntry(s.getKey(), s.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        KafkaAnswers.await(
                admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
    }
}
