package io.thetascope.jobqueue;

import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreLocation;
import io.thetascope.testkit.Infra;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** A worker in a process of its own, which holds every job until its lease ends; it writes down what it sees. */
final class WorkerProcess implements AutoCloseable {
    private final Process process;
    private final Path diary;

    private WorkerProcess(Process process, Path diary) {
        this.process = process;
        this.diary = diary;
    }

    static WorkerProcess start(TestQueue queue, Path folder) throws IOException {
        Path diary = Files.createFile(folder.resolve("diary"));
        Infra infra = Infra.get();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WorkerProcess.class.getName(),
                        queue.bootstrapServers(),
                        queue.topic(),
                        queue.group(),
                        infra.s3Endpoint(),
                        infra.accessKey(),
                        infra.secretKey(),
                        infra.bucket(),
                        diary.toString()))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log"))
                .start();
        return new WorkerProcess(process, diary);
    }

    static ObjectStore store() {
        Infra infra = Infra.get();
        return MinioObjectStore.at(new StoreLocation(
                URI.create(infra.s3Endpoint()), infra.accessKey(), infra.secretKey(), infra.bucket()));
    }

    List<String> diary() throws IOException {
        return Files.readAllLines(diary);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP or SIGCONT. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs in the child. */
    public static void main(String[] args) throws Exception {
        TestQueue queue = new TestQueue(args[0], args[1], args[2]);
        StoreLocation location = new StoreLocation(URI.create(args[3]), args[4], args[5], args[6]);
        Path diary = Path.of(args[7]);
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> {
            write(diary, "begun " + job);
            while (lease.await(Duration.ofMinutes(1))) {
                write(diary, "still working");
            }
            write(diary, "ended " + lease.state());
            return new JobEnding.Released();
        });
        JobQueue<String> worker = queue.worker("child", handler, MinioObjectStore.at(location));
        write(diary, worker.isAlive() ? "started" : "failed"); // its threads keep the process
    }

    private static void write(Path diary, String line) throws IOException {
        Files.writeString(diary, line + "\n", StandardOpenOption.APPEND);
    }
}
