package io.thetascope.testkit;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Broker and object store as containers; Testcontainers removes them when the JVM ends. */
final class ContainerInfra implements Infra {
    private static final String BUCKET = "thetascope";

    private final KafkaContainer kafka;
    private final MinIOContainer minio;

    private ContainerInfra(KafkaContainer kafka, MinIOContainer minio) {
        this.kafka = kafka;
        this.minio = minio;
    }

    static Infra start() throws IOException {
        ContainerInfra infra = new ContainerInfra(
                kafka(),
                new MinIOContainer(DockerImageName.parse("quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z")
                        .asCompatibleSubstituteFor("minio/minio")));
        Startables.deepStart(infra.kafka, infra.minio).join();
        infra.makeBucket();
        return infra;
    }

    /** One broker for itself; lock and delivery limit are those of the embedded one. */
    private static KafkaContainer kafka() {
        return new KafkaContainer("apache/kafka:4.2.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                .withEnv("KAFKA_GROUP_SHARE_RECORD_LOCK_DURATION_MS", "15000")
                .withEnv("KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "15000")
                .withEnv("KAFKA_GROUP_SHARE_DELIVERY_COUNT_LIMIT", "5");
    }

    private void makeBucket() throws IOException {
        MinioClient client = MinioClient.builder()
                .endpoint(s3Endpoint())
                .credentials(accessKey(), secretKey())
                .build();
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        } catch (MinioException | GeneralSecurityException e) {
            throw new IOException("cannot make the bucket " + BUCKET + " at " + s3Endpoint(), e);
        }
    }

    @Override
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public String s3Endpoint() {
        return minio.getS3URL();
    }

    @Override
    public String accessKey() {
        return minio.getUserName();
    }

    @Override
    public String secretKey() {
        return minio.getPassword();
    }

    @Override
    public String bucket() {
        return BUCKET;
    }
}
