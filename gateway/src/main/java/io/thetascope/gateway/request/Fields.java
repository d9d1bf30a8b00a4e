package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One object of a request, looked at key by key: what is wrong is noted, nothing throws. A null is an absent key. */
final class Fields {
    private static final int LONGEST_LIST = 1_000;
    private static final String NUMBER = "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?";

    private final Problems problems;
    private final String path;
    private final ObjectNode node;

    Fields(Problems problems, String path, ObjectNode node) {
        this.problems = problems;
        this.path = path;
        this.node = node;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Notes every key that is none of these. */
    Fields only(String... keys) {
        Set<String> known = Set.of(keys);
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(path(key), node.get(key), "there is no such key; known are " + new TreeSet<>(known));
            }
        });
        return this;
    }

    Optional<JsonNode> value(String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    void wholeNumber(String key, long least, long most) {
        value(key).ifPresent(v -> wholeNumber(path(key), v, least, most));
    }

    boolean wholeNumber(String where, JsonNode value, long least, long most) {
        boolean right = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= most;
        if (!right) {
            problems.add(where, value, "a whole number from " + least + " to " + most);
        }
        return right;
    }

    /** Notes what is not a number within the bounds; a number that YAML took for text, like 1e-6, becomes one. */
    boolean number(String key, double least, double most, String remedy) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return true;
        }
        JsonNode number = value.get();
        if (number.isTextual() && number.textValue().matches(NUMBER)) {
            number = DoubleNode.valueOf(Double.parseDouble(number.textValue()));
            node.set(key, number);
        }
        boolean right = number.isNumber() && number.doubleValue() >= least && number.doubleValue() <= most;
        if (!right) {
            problems.add(path(key), value.get(), remedy);
        }
        return right;
    }

    void flag(String key) {
        value(key).filter(v -> !v.isBoolean()).ifPresent(v -> problems.add(path(key), v, "true or false"));
    }

    Optional<String> choice(String key, Collection<String> known) {
        return value(key).flatMap(v -> choice(path(key), v, known));
    }

    private Optional<String> choice(String where, JsonNode value, Collection<String> known) {
        if (value.isTextual() && known.contains(value.textValue())) {
            return Optional.of(value.textValue());
        }
        problems.add(where, value.isTextual() ? value.textValue() : value, "one of " + new TreeSet<>(known));
        return Optional.empty();
    }

    /** Returns those items of a list that are known; the others, and those written twice, are noted. */
    List<String> choices(String key, Collection<String> known) {
        List<String> right = new ArrayList<>();
        each(key, (where, item) -> choice(where, item, known).ifPresent(right::add));
        return right;
    }

    Optional<Fields> object(String key) {
        return value(key).flatMap(v -> object(path(key), v));
    }

    private Optional<Fields> object(String where, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return Optional.of(nested(where, object));
        }
        problems.add(where, value, "an object");
        return Optional.empty();
    }

    Fields nested(String where, ObjectNode object) {
        return new Fields(problems, where, object);
    }

    void eachObject(String key, BiConsumer<String, Fields> look) {
        each(key, (where, item) -> object(where, item).ifPresent(fields -> look.accept(where, fields)));
    }

    /** Looks at every item of a list; an item that was there before is noted. */
    void each(String key, BiConsumer<String, JsonNode> look) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return;
        }
        JsonNode list = value.get();
        if (!list.isArray() || list.size() > LONGEST_LIST) {
            problems.add(path(key), list, "a list of at most " + LONGEST_LIST + " items");
            return;
        }
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String where = path(key) + "[" + i + "]";
            if (seen.add(list.get(i))) {
                look.accept(where, list.get(i));
            } else {
                problems.add(where, list.get(i), "write it once; it is in the list already");
            }
        }
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    void refuse(String key, @Nullable Object value, String remedy) {
        problems.add(path(key), value, remedy);
    }

    ObjectNode node() {
        return node;
    }
}
