package io.thetascope.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.Topic;
import io.thetascope.gateway.projection.RunState;
import io.thetascope.gateway.projection.StudyState;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Names the gateway's gauges. All are there from the start; one whose source does not answer is NaN. */
final class GatewayMeters {
    private static final String STATE = "state";
    private static final String TOPIC = "topic";
    private static final List<String> ANALYSES = List.of("planned", "measured", "refused", "failed");

    private final MeterRegistry meters;

    GatewayMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void readModel(Sampled<ReadModel> model) {
        for (RunState state : RunState.values()) {
            gauge(
                    "thetascope.runs",
                    "runs of all studies by state",
                    Tags.of(STATE, state.word()),
                    model,
                    m -> m.runs().getOrDefault(state.word(), 0L));
        }
        for (StudyState state : StudyState.values()) {
            gauge(
                    "thetascope.studies",
                    "studies by state",
                    Tags.of(STATE, state.word()),
                    model,
                    m -> m.studies().getOrDefault(state.word(), 0L));
        }
        for (String state : ANALYSES) {
            gauge(
                    "thetascope.analyses",
                    "analyses by state",
                    Tags.of(STATE, state),
                    model,
                    m -> m.analyses().getOrDefault(state, 0L));
        }
        gauge(
                "thetascope.oldest.queued.run.seconds",
                "how long the run has waited that has been queued for longest",
                Tags.empty(),
                model,
                m -> m.oldestQueuedRun().toMillis() / 1e3);
        gauge("thetascope.outbox.events", "events that wait to be published", Tags.empty(), model, ReadModel::outbox);
        gauge(
                "thetascope.outbox.oldest.seconds",
                "how long the oldest event of the outbox has waited",
                Tags.empty(),
                model,
                m -> m.oldestInOutbox().toMillis() / 1e3);
    }

    void behind(Sampled<Behind> behind) {
        for (Topic topic : Topic.values()) {
            gauge(
                    "thetascope.dead.letters",
                    "records in the dead-letter topic",
                    Tags.of(TOPIC, topic.topicName()),
                    behind,
                    b -> known(b.deadLetters(), topic));
        }
        for (ConsumerGroup group : ConsumerGroup.values()) {
            for (Topic topic : group.topics()) {
                gauge(
                        "thetascope.consumer.lag.records",
                        "facts that a group has not handled yet",
                        Tags.of("group", group.groupId(), TOPIC, topic.topicName()),
                        behind,
                        b -> known(b.consumers().getOrDefault(group.groupId(), Map.of()), topic));
            }
        }
        for (ShareGroup group : ShareGroup.values()) {
            Tags queue = Tags.of("queue", group.topic().topicName());
            gauge(
                    "thetascope.queue.lag.records",
                    "jobs that are not done, those in work included",
                    queue,
                    behind,
                    b -> known(b.queues(), group.topic()));
            gauge(
                    "thetascope.queue.oldest.seconds",
                    "how long ago the oldest job was sent that is not done",
                    queue,
                    behind,
                    b -> known(b.oldestJob(), group.topic()));
        }
    }

    void ready(Sampled<Boolean> ready) {
        gauge("thetascope.gateway.ready", "1 while the gateway is ready", Tags.empty(), ready, up -> up ? 1 : 0);
    }

    private static double known(Map<String, ? extends Number> numbers, Topic topic) {
        Number number = numbers.get(topic.topicName());
        return number == null ? Double.NaN : number.doubleValue();
    }

    private <T> void gauge(String name, String description, Tags tags, Sampled<T> sampled, ToDoubleFunction<T> number) {
        Gauge.builder(name, () -> sampled.number(number))
                .description(description)
                .tags(tags)
                .register(meters);
    }
}
