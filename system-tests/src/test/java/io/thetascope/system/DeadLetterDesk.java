package io.thetascope.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Dead letters as an operator counts, finds and sends them again; topics go by the middle of their names. */
final class DeadLetterDesk {
    /** How many messages {@link #sendUnreadable} sends. */
    static final int KINDS = 3;

    static final String GARBAGE = "garbage";

    private final GatewayApi api;
    private final String bootstrapServers;

    DeadLetterDesk(GatewayApi api, String bootstrapServers) {
        this.api = api;
        this.bootstrapServers = bootstrapServers;
    }

    /** Sends what no consumer can read: bytes that are no text, the wrong shape for its type, and no type at all. */
    void sendUnreadable(String topic) {
        String name = name(topic);
        ProducerRecord<String, byte[]> wrongShape =
                new ProducerRecord<>(name, "wrong-shape", "[1, 2]".getBytes(StandardCharsets.UTF_8));
        wrongShape.headers().add("ce_type", "io.thetascope.RunFinished.v1".getBytes(StandardCharsets.UTF_8));
        List<ProducerRecord<String, byte[]>> messages = List.of(
                new ProducerRecord<>(name, GARBAGE, new byte[] {(byte) 0xff, 0, 1, 2}),
                wrongShape,
                new ProducerRecord<>(name, "no-headers", "{}".getBytes(StandardCharsets.UTF_8)));
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<String, byte[]> message : messages) {
                producer.send(message).get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("not sent to " + name, e);
        }
    }

    int count(String topic) {
        return TopicReader.all(bootstrapServers, name(topic) + ".dlq").size();
    }

    /** Returns the oldest letter with this key that came from a topic, as the gateway lists it. */
    JsonNode of(String topic, String key) {
        for (JsonNode letter : api.get("/dead-letters").path("items")) {
            if (letter.path("topic").asText().equals(name(topic))
                    && letter.path("key").asText().equals(key)) {
                return letter;
            }
        }
        throw new AssertionError("no letter with key " + key + " from " + topic);
    }

    /** Asks the gateway to send a letter again; returns the status of its answer. */
    int resend(String id) {
        return api.post("/dead-letters/" + id + "/resend", "application/json", "")
                .status();
    }

    private static String name(String topic) {
        return "thetascope." + topic + ".v1";
    }
}
