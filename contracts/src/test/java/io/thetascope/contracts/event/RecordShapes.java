package io.thetascope.contracts.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The schemas that records and enums ask for, by reflection, and those of everything that they reach. */
final class RecordShapes {
    private static final Map<Class<?>, String> SIMPLE = Map.of(
            int.class, "integer",
            long.class, "integer",
            Integer.class, "integer",
            Long.class, "integer",
            double.class, "number",
            Double.class, "number",
            boolean.class, "boolean",
            Boolean.class, "boolean",
            String.class, "string");

    private final Map<String, JsonNode> shapes = new TreeMap<>();
    private final Map<String, Class<?>> values = new LinkedHashMap<>();

    /** Adds the shape of a record and of what it reaches. */
    void add(Class<?> type) {
        String name = name(type);
        if (shapes.containsKey(name) || values.containsKey(name)) {
            return;
        }
        if (type.isEnum()) {
            shapes.put(name, enumeration(type));
        } else if (isValue(type)) {
            values.put(name, type);
        } else if (type.isRecord()) {
            shapes.put(name, JsonNodeFactory.instance.objectNode()); // a record may hold itself
            shapes.put(name, object(type));
        } else {
            throw new AssertionError("no schema is known for " + type);
        }
    }

    /** Returns the shapes of records and enums by the name of their schema. */
    Map<String, JsonNode> shapes() {
        return shapes;
    }

    /** Returns the records that are written as their only value, by the name of their schema. */
    Map<String, Class<?>> values() {
        return values;
    }

    private static boolean isValue(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + "." + type.getSimpleName();
    }

    private static JsonNode enumeration(Class<?> type) {
        Set<String> known = new TreeSet<>();
        for (Field constant : type.getFields()) {
            if (constant.isEnumConstant() && !constant.isAnnotationPresent(JsonEnumDefaultValue.class)) {
                known.add(constant.getAnnotation(JsonProperty.class).value());
            }
        }
        ObjectNode schema = typed("string");
        ArrayNode names = schema.putArray("enum");
        known.forEach(names::add);
        return schema;
    }

    private JsonNode object(Class<?> type) {
        ObjectNode schema = typed("object");
        Set<String> required = new TreeSet<>();
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            AnnotatedType of = component.getAnnotatedType();
            if (!of.isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
            properties.set(component.getName(), shape(of));
        }
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        return schema;
    }

    private JsonNode shape(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType generic) {
            return collection(raw(type), generic.getAnnotatedActualTypeArguments());
        }
        Class<?> plain = raw(type);
        if (SIMPLE.containsKey(plain)) {
            ObjectNode schema = typed(SIMPLE.get(plain));
            if (plain == Double.class && annotated.isAnnotationPresent(Nullable.class)) {
                schema.putArray("type").add("number").add("null"); // what is not finite
            }
            return schema;
        }
        if (plain == Instant.class) {
            return typed("string").put("format", "date-time");
        }
        if (plain == JsonNode.class) {
            return typed("object");
        }
        add(plain);
        return JsonNodeFactory.instance.objectNode().put("$ref", AsyncApi.schemaNamed(name(plain)));
    }

    private JsonNode collection(Class<?> raw, AnnotatedType[] arguments) {
        if (raw == List.class) {
            return typed("array").set("items", shape(arguments[0]));
        }
        if (raw == Map.class && arguments[0].getType() == String.class) {
            return typed("object").set("additionalProperties", shape(arguments[1]));
        }
        throw new AssertionError("no schema is known for " + raw);
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
