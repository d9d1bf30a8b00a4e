package io.thetascope.launcher.system;

import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.infra.Ports;
import io.thetascope.launcher.process.ChildSpec;
import io.thetascope.launcher.process.WatchedMain;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** Turns a plan into the command lines of its services. */
final class ServiceProcesses {
    private final SystemPlan plan;
    private final String bootstrapServers;
    private final StoreAccess store;

    ServiceProcesses(SystemPlan plan, String bootstrapServers, StoreAccess store) {
        this.plan = plan;
        this.bootstrapServers = bootstrapServers;
        this.store = store;
    }

    List<ServiceProcess> all() throws IOException {
        List<ServiceProcess> all = new ArrayList<>();
        all.add(gateway());
        all.add(process(Service.ANALYZER, Service.ANALYZER.label(), Ports.resolve(0), analyzer()));
        all.add(process(Service.PERTURBATION, Service.PERTURBATION.label(), Ports.resolve(0), perturbation()));
        for (int i = 1; i <= plan.trainers(); i++) {
            String name = Service.TRAINER.label() + "-" + i;
            all.add(process(Service.TRAINER, name, Ports.resolve(0), trainer(name)));
        }
        return all;
    }

    private ServiceProcess gateway() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        // the path alone: how the database is opened is the gateway's affair
        settings.put("thetascope.gateway.database", plan.home().database().toString());
        settings.put("thetascope.cache-dir", plan.home().cache().toString());
        return process(Service.GATEWAY, Service.GATEWAY.label(), plan.gatewayPort(), settings);
    }

    private Map<String, String> trainer(String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("thetascope.trainer.worker", name);
        settings.put("thetascope.trainer.cache-dir", cache(Service.TRAINER));
        return settings;
    }

    private Map<String, String> analyzer() {
        return Map.of("thetascope.analyzer.cache-dir", cache(Service.ANALYZER));
    }

    private Map<String, String> perturbation() {
        return Map.of("thetascope.perturbation.work-dir", cache(Service.PERTURBATION));
    }

    private String cache(Service service) {
        return plan.home().cache().resolve(service.label()).toString();
    }

    private ServiceProcess process(Service service, String name, int port, Map<String, String> own) throws IOException {
        Home home = plan.home();
        Path jar = service.jar(plan.sources());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(service.jvmOptions());
        shared(port).forEach((key, value) -> command.add("-D" + key + "=" + value));
        own.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-cp");
        command.add(ownClasses() + System.getProperty("path.separator") + jar);
        command.add(WatchedMain.class.getName());
        command.add(mainClass(jar));
        ChildSpec spec = new ChildSpec(name, command, environment(service), home.root(), home.log(name));
        return new ServiceProcess(spec, URI.create("http://" + Ports.LOOPBACK + ":" + port));
    }

    private Map<String, String> shared(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.http.host", Ports.LOOPBACK);
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("thetascope.store.endpoint", store.endpoint().toString());
        settings.put("thetascope.store.bucket", store.bucket());
        settings.put(
                "thetascope.parent-pid", Long.toString(ProcessHandle.current().pid()));
        return settings;
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MALLOC_ARENA_MAX", "2");
        // not as system properties: everybody can read a command line
        environment.put(StoreAccess.ACCESS_KEY, store.accessKey());
        environment.put(StoreAccess.SECRET_KEY, store.secretKey());
        if (service == Service.TRAINER) {
            // spinning OpenMP threads that share cores fall to a tenth of the speed
            environment.put("OMP_WAIT_POLICY", "PASSIVE");
            // on a GPU: single precision as it is called, and cuBLAS as repeatable as it can be
            environment.put("NVIDIA_TF32_OVERRIDE", "0");
            environment.put("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
        }
        plan.datasets().ifPresent(folder -> environment.put("THETASCOPE_DATA_DIR", folder.toString()));
        return environment;
    }

    /** Where this class was loaded from: a jar without a class path of its own, or a folder of classes in a test. */
    private static Path ownClasses() {
        try {
            return Path.of(WatchedMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the launcher's own jar has no path", e);
        }
    }

    private static String mainClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String main = file.getManifest().getMainAttributes().getValue("Main-Class");
            if (main == null) {
                throw new IOException(jar + " names no main class: build it again");
            }
            return main;
        }
    }
}
