package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import io.thetascope.networks.Window;
import java.util.Collections;
import java.util.List;

/** Attributes of nodes. */
final class Attributes {

    private Attributes() {}

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    /** How ONNX writes a window: its size and stride by axis, its padding at the start and the end of each axis. */
    static List<AttributeProto> of(Window window) {
        return List.of(
                integers("kernel_shape", window.size(), 2),
                integers("strides", window.stride(), 2),
                integers("pads", window.padding(), 4));
    }

    private static AttributeProto integers(String name, int value, int times) {
        return integers(name, Collections.nCopies(times, value));
    }

    static AttributeProto integers(String name, List<Integer> values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        values.forEach(attribute::addInts);
        return attribute.build();
    }
}
