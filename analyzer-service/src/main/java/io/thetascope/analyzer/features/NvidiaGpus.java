package io.thetascope.analyzer.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whether this process is shown a GPU, by the driver's device files. Asked before ONNX Runtime is: where CUDA finds no GPU, its
 * provider (1.22.0) ends the JVM with a SIGSEGV instead of saying so.
 */
final class NvidiaGpus {
    private NvidiaGpus() {}

    /**
     * Refuses a GPU that is not shown.
     *
     * @param devices the folder of device files, {@code /dev}
     * @param index of the GPU that is wanted
     * @throws IllegalStateException with how many there are
     */
    static void require(Path devices, int index) {
        // under WSL one file stands for all GPUs
        if (Files.exists(devices.resolve("dxg"))) {
            return;
        }
        long shown = count(devices);
        if (index >= shown) {
            throw new IllegalStateException("this process is shown " + shown + " NVIDIA GPUs");
        }
    }

    private static long count(Path devices) {
        try (Stream<Path> files = Files.list(devices)) {
            return files.filter(file -> file.getFileName().toString().matches("nvidia\\d+"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + devices, e);
        }
    }
}
