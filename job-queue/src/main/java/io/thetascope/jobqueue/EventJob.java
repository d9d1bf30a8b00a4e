package io.thetascope.jobqueue;

import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.EventReader;
import io.thetascope.messaging.UnreadableRecordException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Jobs that are events of the contracts. */
record EventJob<J extends Event>(Class<J> type, Function<J, String> folders) implements JobKind<J> {
    @Override
    public J read(ConsumerRecord<String, byte[]> message) {
        Event event = EventReader.read(message);
        if (!type.isInstance(event)) {
            throw new UnreadableRecordException(
                    "a " + event.getClass().getSimpleName() + " where a " + type.getSimpleName() + " is expected",
                    null);
        }
        return type.cast(event);
    }

    @Override
    public String folder(J job) {
        return folders.apply(job);
    }
}
