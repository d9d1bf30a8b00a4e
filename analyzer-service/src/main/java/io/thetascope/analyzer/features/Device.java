package io.thetascope.analyzer.features;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On what networks run.
 *
 * @param cuda whether on an NVIDIA GPU, else on the CPU
 * @param index of the GPU; 0 for the CPU
 */
public record Device(boolean cuda, int index) {
    public static final Device CPU = new Device(false, 0);

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /**
     * Reads a setting.
     *
     * @param setting cpu, cuda or cuda:N
     */
    public static Device of(String setting) {
        Matcher matcher = CUDA.matcher(setting);
        if (matcher.matches()) {
            return new Device(true, matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
        }
        if (setting.equals("cpu")) {
            return CPU;
        }
        throw new IllegalArgumentException("thetascope.analyzer.device must be cpu, cuda or cuda:N: " + setting);
    }

    /** Adds what ONNX Runtime needs for it; a GPU computes in float32, as the trainer's does. */
    void addTo(OrtSession.SessionOptions options) throws OrtException {
        if (cuda) {
            try (OrtCUDAProviderOptions gpu = new OrtCUDAProviderOptions(index)) {
                gpu.add("use_tf32", "0"); // else products keep ten bits, and differences of logits mean nothing
                options.addCUDA(gpu);
            }
        }
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
