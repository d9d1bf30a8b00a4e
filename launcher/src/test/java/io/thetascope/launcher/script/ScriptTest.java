package io.thetascope.launcher.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script's checks, with a path that holds fake tools and the few real ones it needs. */
class ScriptTest {
    private static final String[] NEEDED = {"bash", "env", "dirname", "sed", "head", "find", "touch", "mkdir", "mv"};

    @TempDir
    Path path;

    @BeforeEach
    void realTools() throws IOException {
        for (String tool : NEEDED) {
            Path bin = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(path.resolve(tool), Files.exists(bin) ? bin : Path.of("/bin", tool));
        }
    }

    @Test
    void missingJavaIsSaidWithHowToGetIt() throws Exception {
        assertRefused("no Java found; a JDK 17 or newer is needed", "apt install openjdk-17-jdk", "brew install");
    }

    @Test
    void oldJavaIsNamed() throws Exception {
        fake("java", "openjdk version \"11.0.22\" 2024-01-16");
        assertRefused("Java 11 found at");
    }

    @Test
    void javaWithTheOldWayOfCountingIsNamed() throws Exception {
        fake("java", "java version \"1.8.0_402\"");
        assertRefused("Java 8 found at");
    }

    @Test
    void missingMavenIsSaidWithHowToGetIt() throws Exception {
        fake("java", "openjdk version \"21.0.2\" 2024-01-16");
        assertRefused("no Maven found; Maven 3.8 or newer is needed", "apt install maven");
    }

    @Test
    void oldMavenIsNamed() throws Exception {
        fake("java", "openjdk version \"17\" 2021-09-14");
        fake("mvn", "Apache Maven 3.6.3 (abc)");
        assertRefused("Maven 3.6 found; Maven 3.8 or newer is needed");
    }

    @Test
    void mavenOnAnOlderJavaIsNamed() throws Exception {
        fake("java", "openjdk version \"17.0.15\" 2025-04-15");
        fake("mvn", "Apache Maven 3.8.7\nJava version: 11.0.22, vendor: Debian");
        assertRefused("Maven runs on Java 11");
    }

    @Test
    void buildsOnFirstUseAndAgainOnlyWhenASourceIsNewer() throws Exception {
        // Given
        Path repository = Files.createDirectories(path.resolve("repository"));
        Path script = Files.copy(script(), repository.resolve("thetascope"));
        fakeMavenThatBuilds(repository);
        fake("java", "openjdk version \"17.0.15\" 2025-04-15");
        // When, then
        assertThat(run(script).said()).contains("thetascope: building").contains("Maven was asked to package");
        assertThat(run(script).said()).doesNotContain("building");
        newer(repository.resolve("gateway/src/test/java/NewTest.java"));
        assertThat(run(script).said()).doesNotContain("building");
        newer(repository.resolve("gateway/src/main/java/New.java"));
        assertThat(run(script).said()).contains("thetascope: building");
    }

    @Test
    void aFailedBuildIsSaidAndNothingIsStarted() throws Exception {
        Path script = Files.copy(script(), path.resolve("thetascope"));
        fake("java", "openjdk version \"17.0.15\" 2025-04-15");
        fake("mvn", "Apache Maven 3.8.7", "[ \"$1\" = -v ]");
        Answer answer = run(script);
        assertThat(answer.said()).contains("the build failed; what Maven said is above");
        assertThat(answer.code()).isEqualTo(1);
    }

    private void fakeMavenThatBuilds(Path repository) throws IOException {
        StringBuilder build = new StringBuilder("[ \"$1\" = -v ] && exit 0\necho Maven was asked to package\n");
        for (String module : List.of("gateway", "trainer-service", "analyzer-service", "perturbation-service")) {
            Path jar = repository.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
            build.append("mkdir -p ")
                    .append(jar.getParent())
                    .append("; touch ")
                    .append(jar)
                    .append('\n');
        }
        build.append("touch ").append(repository).append("/launcher/target/thetascope-launcher.jar\n");
        fake("mvn", "Apache Maven 3.8.7", build.toString());
    }

    private static void newer(Path source) throws IOException {
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.fromMillis(source.toFile().lastModified() + 5_000));
    }

    private static Path script() {
        return Path.of(System.getProperty("thetascope.root"), "thetascope");
    }

    private void fake(String tool, String says) throws IOException {
        fake(tool, says, "");
    }

    private void fake(String tool, String says, String then) throws IOException {
        Path file = Files.writeString(path.resolve(tool), "#!/bin/bash\nprintf '%s\\n' '" + says + "'\n" + then + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void assertRefused(String... parts) throws Exception {
        Answer answer = run(script());
        assertThat(answer.said()).contains(parts).hasLineCount(1);
        assertThat(answer.code()).isEqualTo(1);
    }

    private Answer run(Path script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "status").redirectErrorStream(true);
        builder.environment().put("PATH", path.toString());
        builder.environment().remove("JAVA_HOME");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(said, process.waitFor());
    }

    private record Answer(String said, int code) {}
}
