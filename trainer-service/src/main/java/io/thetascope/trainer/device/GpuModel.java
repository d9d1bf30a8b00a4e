package io.thetascope.trainer.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The name of the GPU, as the driver tells it; DJL does not. */
final class GpuModel {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");
    private static final String MODEL = "Model:";

    private GpuModel() {}

    static String here(int number) {
        return of(DRIVER, number);
    }

    /**
     * Returns for example {@code cuda NVIDIA H100 80GB HBM3}; where the driver shows several models, or none, the number of the
     * GPU, whose model is then not part of the fingerprint.
     */
    static String of(Path driver, int number) {
        Set<String> models = models(driver);
        return models.size() == 1 ? "cuda " + models.iterator().next() : "cuda:" + number;
    }

    private static Set<String> models(Path driver) {
        if (!Files.isDirectory(driver)) {
            return Set.of();
        }
        Set<String> models = new TreeSet<>();
        try (Stream<Path> gpus = Files.list(driver)) {
            gpus.map(gpu -> gpu.resolve("information"))
                    .filter(Files::isReadable)
                    .forEach(file -> model(file).ifPresent(models::add));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + driver, e);
        }
        return models;
    }

    private static Optional<String> model(Path information) {
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(MODEL.length()).trim())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + information, e);
        }
    }
}
