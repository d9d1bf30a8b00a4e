package io.thetascope.artifacts.safetensors;

import static io.thetascope.artifacts.safetensors.MalformedSafetensorsException.quoted;

import java.util.Comparator;
import java.util.List;

/** The rule that tensors fill the data from its first to its last byte, without overlap or hole. */
final class Contiguity {
    private static final Comparator<TensorEntry> BY_PLACE =
            Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end);

    private Contiguity() {}

    /** Returns the tensors in the order of their bytes. */
    static List<TensorEntry> verify(List<TensorEntry> tensors, long dataBytes, String source) {
        List<TensorEntry> inOrder = tensors.stream().sorted(BY_PLACE).toList();
        long expected = 0;
        for (TensorEntry tensor : inOrder) {
            if (tensor.begin() != expected) {
                String what = tensor.begin() < expected ? "overlaps the tensor before it" : "leaves a hole before it";
                throw new MalformedSafetensorsException(
                        source,
                        "tensor " + quoted(tensor.name()) + " begins at " + tensor.begin() + " and not at " + expected
                                + ": it " + what);
            }
            expected = tensor.end();
        }
        if (expected != dataBytes) {
            throw new MalformedSafetensorsException(
                    source, "the tensors end at byte " + expected + " of the data, the file at " + dataBytes);
        }
        return inOrder;
    }
}
