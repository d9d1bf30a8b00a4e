package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;

/**
 * Adaptive average pooling along one axis as a matrix, since ONNX has no such operator: output i averages inputs
 * ⌊i·n/m⌋ to ⌈(i+1)·n/m⌉ − 1, as PyTorch defines it; exact also where the output is the larger one.
 */
final class AdaptivePooling {

    private AdaptivePooling() {}

    /** The matrix {@code [outputs, inputs]} that stands left of a column. */
    static float[][] averages(int inputs, int outputs) {
        float[][] matrix = new float[outputs][inputs];
        for (int i = 0; i < outputs; i++) {
            int from = i * inputs / outputs;
            int to = ((i + 1) * inputs + outputs - 1) / outputs;
            for (int j = from; j < to; j++) {
                matrix[i][j] = 1f / (to - from);
            }
        }
        return matrix;
    }

    /** Stands left of {@code [.., H, W]}: {@code [outputs, H]}. */
    static TensorProto rows(String name, int inputs, int outputs) {
        TensorProto.Builder tensor = matrix(name, outputs, inputs);
        for (float[] row : averages(inputs, outputs)) {
            for (float value : row) {
                tensor.addFloatData(value);
            }
        }
        return tensor.build();
    }

    /** Stands right of {@code [.., H, W]}: {@code [W, outputs]}. */
    static TensorProto columns(String name, int inputs, int outputs) {
        float[][] averages = averages(inputs, outputs);
        TensorProto.Builder tensor = matrix(name, inputs, outputs);
        for (int j = 0; j < inputs; j++) {
            for (float[] row : averages) {
                tensor.addFloatData(row[j]);
            }
        }
        return tensor.build();
    }

    private static TensorProto.Builder matrix(String name, int rows, int columns) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(rows)
                .addDims(columns);
    }
}
