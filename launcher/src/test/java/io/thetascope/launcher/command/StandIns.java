package io.thetascope.launcher.command;

import io.thetascope.launcher.system.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A repository that looks built, with stand-ins for its services. */
final class StandIns {
    private StandIns() {}

    static void build(Path sources) throws IOException {
        for (Service service : Service.values()) {
            Path jar = service.jar(sources);
            Files.createDirectories(jar.getParent());
            Manifest manifest = new Manifest();
            Attributes attributes = manifest.getMainAttributes();
            attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            attributes.put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
            attributes.put(
                    Attributes.Name.CLASS_PATH,
                    StandInService.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString());
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                out.finish();
            }
        }
    }
}
