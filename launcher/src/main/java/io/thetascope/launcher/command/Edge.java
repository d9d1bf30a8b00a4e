package io.thetascope.launcher.command;

import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.progress.Screen;
import io.thetascope.launcher.system.StoreAccess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the commands get from outside.
 *
 * @param sources the folder of the built repository
 * @param datasets the folder of data sets that the user named
 * @param store the object store that the user named
 * @param screen where results go
 * @param errors where complaints go
 * @param nanoTime a monotonic clock
 */
public record Edge(
        Path sources,
        Optional<Path> datasets,
        Optional<StoreAccess> store,
        Screen screen,
        Screen errors,
        LongSupplier nanoTime) {
    /** Returns the home that the user named, or the one in the repository. */
    Home home(@Nullable Path named) {
        Path chosen = named == null ? sources.resolve(".thetascope") : named;
        return new Home(chosen.toAbsolutePath().normalize());
    }

    /** Returns a path that the user named as an absolute one. */
    static Path absolute(Path named) {
        return named.toAbsolutePath().normalize();
    }
}
