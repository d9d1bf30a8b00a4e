package io.thetascope.testkit;

/**
 * The broker and the object store of a test: one of each per JVM, started when first asked for, gone with the JVM.
 *
 * <p>Tests share them, so each uses topics, groups and object prefixes of its own. {@code -Dtest.infra} says where they
 * come from.
 */
public interface Infra {
    /** Returns this JVM's infrastructure, started. */
    static Infra get() {
        return SharedInfra.INSTANCE;
    }

    /** Returns what Kafka clients connect to; share groups are enabled, no topic is created by itself. */
    String bootstrapServers();

    /** Returns the object store's URL. */
    String s3Endpoint();

    /** Returns the object store's access key. */
    String accessKey();

    /** Returns the object store's secret key. */
    String secretKey();

    /** Returns a bucket that exists. */
    String bucket();
}
