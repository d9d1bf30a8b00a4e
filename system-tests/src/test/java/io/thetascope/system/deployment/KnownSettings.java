package io.thetascope.system.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** The environment variables that a packaged service reads: its own settings, those it hands on, and its extensions'. */
final class KnownSettings {
    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z0-9.-]+)");
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Pattern PLACEHOLDER = Pattern.compile("__[A-Z0-9_]+?__");

    private final Set<String> names = new HashSet<>();
    private final Set<Pattern> patterns = new HashSet<>();

    /** Reads what a module's build left in its target folder. */
    KnownSettings(Path module) throws IOException {
        names.add("QUARKUS_PROFILE"); // of the configuration itself, so no extension lists it
        for (JavaClass type : new ClassFileImporter().importPath(module.resolve("target/classes"))) {
            if (type.isAnnotatedWith(MAPPING)) {
                addMapping(type, text(type.getAnnotationOfType(MAPPING).get("prefix")));
            }
        }
        addProperties(module.resolve("target/classes/application.properties"));
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(module.resolve("target/quarkus-app/lib/main"), "io.quarkus.*.jar")) {
            for (Path jar : jars) {
                addExtension(jar);
            }
        }
    }

    /** Whether the service reads an environment variable of this name. */
    boolean contain(String variable) {
        return names.contains(variable)
                || patterns.stream().anyMatch(p -> p.matcher(variable).matches());
    }

    private void addMapping(JavaClass type, String prefix) {
        for (JavaMethod method : type.getMethods()) {
            String key = prefix + "." + kebab(method.getName());
            JavaClass result = method.getRawReturnType();
            if (result.isInterface() && result.getPackageName().startsWith("io.thetascope")) {
                addMapping(result, key);
            } else {
                names.add(variable(key));
            }
        }
    }

    private void addProperties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        properties.forEach((key, value) -> {
            names.add(variable(key.toString().replaceFirst("^%[^.]+\\.", "")));
            Matcher references = REFERENCE.matcher(value.toString());
            while (references.find()) {
                names.add(variable(references.group(1)));
            }
        });
    }

    private void addExtension(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry model = file.getEntry(MODEL);
            if (model == null) {
                return;
            }
            try (InputStream in = file.getInputStream(model)) {
                for (JsonNode name : new ObjectMapper().readTree(in).findValues("environmentVariable")) {
                    addDocumented(name.asText());
                }
            }
        }
    }

    /** A placeholder such as {@code __DATASOURCE_NAME__} stands for any name. */
    private void addDocumented(String variable) {
        String any = PLACEHOLDER.matcher(variable).replaceAll("_{1,2}[A-Z0-9_]+?_{1,2}");
        if (any.equals(variable)) {
            names.add(variable);
        } else {
            patterns.add(Pattern.compile(any));
        }
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String kebab(String method) {
        return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElseThrow();
    }
}
