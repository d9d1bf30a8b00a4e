package io.thetascope.gateway.metrics;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class GroupOffsetsTest {
    @Test
    void isClosedAtOnceWhileABrokerIsAwayThatWasAsked() throws IOException {
        // Given: a question that waits for a broker that never answers
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()));
            var unused = admin.listConsumerGroupOffsets("group").partitionsToOffsetAndMetadata();

            // When, Then: not after the minute that the client waits for an answer
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> new GroupOffsets(admin).close());
        }
    }
}
