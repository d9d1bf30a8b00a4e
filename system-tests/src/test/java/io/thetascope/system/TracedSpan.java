package io.thetascope.system;

import java.util.Map;

/** A span as it arrived; ids in hex digits, times in nanoseconds since 1970, attributes that are texts. */
record TracedSpan(
        String traceId,
        String spanId,
        String parentSpanId,
        String service,
        String name,
        String kind,
        long begin,
        long end,
        Map<String, String> attributes) {
    /** Whether this is the sending of an event of that name. */
    boolean sends(String event) {
        return kind.equals("PRODUCER")
                && attributes.getOrDefault("cloudevents.event_type", "").equals("io.thetascope." + event + ".v1");
    }
}
