package io.thetascope.trainer.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instruction set that libtorch chooses, by the rule of ATen's {@code DispatchStub.cpp} (2.7), with the maker of the
 * processor: oneMKL chooses by both. DJL gives no access to libtorch's own answer.
 */
final class CpuCapability {
    private static final Set<String> AVX512 = Set.of("avx512vl", "avx512bw", "avx512dq", "fma");
    private static final Set<String> AVX2 = Set.of("avx2", "fma");

    private CpuCapability() {}

    /** Looks at this machine. */
    static String here() {
        return of(readCpuInfo(), System.getenv("ATEN_CPU_CAPABILITY"));
    }

    /**
     * Returns for example {@code AVX512 GenuineIntel}.
     *
     * @param cpuInfo text of {@code /proc/cpuinfo}, empty where there is none
     * @param override the environment variable that libtorch obeys, if set
     */
    static String of(String cpuInfo, @Nullable String override) {
        String maker = field(cpuInfo, "vendor_id").orElse("unknown maker");
        return capability(cpuInfo, override) + " " + maker;
    }

    private static String capability(String cpuInfo, @Nullable String override) {
        if (override != null) {
            return override.toUpperCase(Locale.ROOT);
        }
        Set<String> flags = Set.copyOf(
                Arrays.stream(field(cpuInfo, "flags").orElse("").split(" ")).toList());
        if (flags.containsAll(AVX512)) {
            return "AVX512";
        }
        return flags.containsAll(AVX2) ? "AVX2" : "DEFAULT";
    }

    private static Optional<String> field(String cpuInfo, String name) {
        try (Stream<String> lines = cpuInfo.lines()) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst();
        }
    }

    private static String readCpuInfo() {
        Path file = Path.of("/proc/cpuinfo");
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
