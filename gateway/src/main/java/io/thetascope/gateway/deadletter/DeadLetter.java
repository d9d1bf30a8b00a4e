package io.thetascope.gateway.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thetascope.messaging.CloudEvents;
import io.thetascope.messaging.DeadLetters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as operators see it.
 *
 * @param id by which it is sent again
 * @param topic that it came from
 * @param partition of the dead-letter topic
 * @param offset there
 * @param time when it was laid there
 * @param key of the original
 * @param type its {@code ce_type}; absent where the original had none
 * @param reason why it lies there, in a few words
 * @param attempts how often it was tried; absent where that is not a number
 * @param error the last error
 * @param value of the original, where that is text in UTF-8
 * @param valueBase64 of the original, where it is anything else
 * @param resentAt when it was sent again; absent while it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        String id,
        String topic,
        int partition,
        long offset,
        Instant time,
        @Nullable String key,
        @Nullable String type,
        @Nullable String reason,
        @Nullable Integer attempts,
        @Nullable String error,
        @Nullable String value,
        @Nullable String valueBase64,
        @Nullable Instant resentAt) {

    static DeadLetter of(LetterId id, ConsumerRecord<String, byte[]> letter, @Nullable Instant resentAt) {
        Optional<String> text = text(letter.value());
        return new DeadLetter(
                id.toString(),
                id.topic().topicName(),
                id.partition(),
                id.offset(),
                Instant.ofEpochMilli(letter.timestamp()),
                letter.key(),
                header(letter, CloudEvents.TYPE),
                header(letter, DeadLetters.REASON),
                attempts(header(letter, DeadLetters.ATTEMPTS)),
                header(letter, DeadLetters.ERROR),
                text.orElse(null),
                text.isPresent() || letter.value() == null
                        ? null
                        : Base64.getEncoder().encodeToString(letter.value()),
                resentAt);
    }

    private static Optional<String> text(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Integer attempts(@Nullable String header) {
        return header != null && header.matches("\\d{1,9}") ? Integer.valueOf(header) : null;
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> letter, String name) {
        return CloudEvents.header(letter.headers(), name).orElse(null);
    }
}
