package io.thetascope.system;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One number of a scrape, in Prometheus' text format. */
record Sample(String service, String name, Map<String, String> labels, double value) {
    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static List<Sample> read(String service, String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> read(service, LINE.matcher(line)))
                .toList();
    }

    private static Sample read(String service, Matcher line) {
        if (!line.matches()) {
            throw new IllegalStateException("not a sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (line.group(2) != null) {
            LABEL.matcher(line.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(service, line.group(1), labels, Double.parseDouble(line.group(3)));
    }

    boolean has(String label, String wanted) {
        return wanted.equals(labels.get(label));
    }
}
