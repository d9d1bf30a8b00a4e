package io.thetascope.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One trace: spans and whose children they are. A span that an exporter sent twice is one. */
final class TraceTree {
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<TracedSpan> spans;
    private final Map<String, TracedSpan> byId;

    TraceTree(List<TracedSpan> spans) {
        this.byId =
                spans.stream().collect(Collectors.toMap(TracedSpan::spanId, Function.identity(), (one, again) -> one));
        this.spans = byId.values().stream()
                .sorted(Comparator.comparingLong(TracedSpan::begin))
                .toList();
    }

    List<TracedSpan> spans() {
        return spans;
    }

    /** Returns the spans whose parent is not among them. */
    List<TracedSpan> roots() {
        return spans.stream().filter(s -> !byId.containsKey(s.parentSpanId())).toList();
    }

    List<TracedSpan> sending(String event) {
        return spans.stream().filter(s -> s.sends(event)).toList();
    }

    /** Returns a span and its ancestors, the oldest first. */
    List<TracedSpan> chain(TracedSpan span) {
        List<TracedSpan> chain = new ArrayList<>();
        for (Optional<TracedSpan> next = Optional.of(span);
                next.isPresent();
                next = Optional.ofNullable(byId.get(next.get().parentSpanId()))) {
            chain.add(next.get());
        }
        Collections.reverse(chain);
        return chain;
    }

    /** Writes a chain, one span a line: seconds since the first began, how long it took, who, what. */
    static String text(List<TracedSpan> chain) {
        StringBuilder text = new StringBuilder();
        for (int depth = 0; depth < chain.size(); depth++) {
            TracedSpan span = chain.get(depth);
            text.append(String.format(
                    Locale.ROOT,
                    "%8.3f s %8.3f s  %-22s %-8s %s%s%n",
                    (span.begin() - chain.get(0).begin()) / NANOS_PER_SECOND,
                    (span.end() - span.begin()) / NANOS_PER_SECOND,
                    span.service(),
                    span.kind(),
                    "  ".repeat(depth),
                    span.name()));
        }
        return text.toString();
    }

    /** Writes the whole trace; spans that are alike, below spans that are alike, are one line with their count. */
    String text() {
        StringBuilder text = new StringBuilder();
        write(text, roots(), 0);
        return text.toString();
    }

    private void write(StringBuilder text, List<TracedSpan> level, int depth) {
        Map<String, List<TracedSpan>> alike = level.stream()
                .collect(Collectors.groupingBy(
                        s -> String.format("%-22s %-8s %s%s", s.service(), s.kind(), "  ".repeat(depth), s.name()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        alike.forEach((line, group) -> {
            text.append(String.format("%5d  %s%n", group.size(), line));
            write(text, group.stream().flatMap(this::children).toList(), depth + 1);
        });
    }

    private Stream<TracedSpan> children(TracedSpan parent) {
        return spans.stream().filter(s -> s.parentSpanId().equals(parent.spanId()));
    }
}
