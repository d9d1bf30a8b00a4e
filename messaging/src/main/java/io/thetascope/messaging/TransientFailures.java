package io.thetascope.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells what will pass by itself from what will not, by the types in an exception's chain of causes: Kafka's retriable
 * ones, {@link TransientException}, and those that a service adds.
 */
public final class TransientFailures implements Predicate<Throwable> {
    private static final int DEEPEST_CAUSE = 20;

    private final List<Class<? extends Throwable>> types;

    private TransientFailures(List<Class<? extends Throwable>> types) {
        this.types = types;
    }

    /** Adds types, such as the object store's or the database's "unavailable". */
    @SafeVarargs
    public static TransientFailures and(Class<? extends Throwable>... types) {
        List<Class<? extends Throwable>> all =
                new ArrayList<>(List.of(RetriableException.class, TransientException.class));
        for (Class<? extends Throwable> type : types) {
            all.add(type);
        }
        return new TransientFailures(List.copyOf(all));
    }

    @Override
    public boolean test(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE) // chains of causes can be circular
                .anyMatch(cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }
}
