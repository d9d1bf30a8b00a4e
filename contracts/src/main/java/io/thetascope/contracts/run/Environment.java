package io.thetascope.contracts.run;

/**
 * Where a run was computed. For an equal {@link #fingerprint} the same spec gives bit-identical checkpoints.
 *
 * @param libtorch version of the numerical library
 * @param cpuCapability the instruction set it chose, such as AVX2 or AVX512
 * @param threads it was held to
 * @param device cpu, or the name of the GPU
 * @param djl version of the binding
 * @param java version of the Java runtime
 * @param os name and architecture of the operating system
 */
public record Environment(
        String libtorch, String cpuCapability, int threads, String device, String djl, String java, String os) {
    /** Returns the text that decides the rounding: libtorch, CPU capability, threads, device. */
    public String fingerprint() {
        return "libtorch " + libtorch + ", " + cpuCapability + ", threads " + threads + ", " + device;
    }
}
