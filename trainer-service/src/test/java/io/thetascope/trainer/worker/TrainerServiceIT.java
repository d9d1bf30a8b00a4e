package io.thetascope.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The Quarkus application starts, connects, and says so. */
@QuarkusTest
@QuarkusTestResource(InfraResource.class)
class TrainerServiceIT {
    @TestHTTPResource("/q/health/")
    private URI health = URI.create("http://set.by.quarkus/");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isReadyOnceItCanTakeJobs() {
        await().atMost(Duration.ofSeconds(60)).until(() -> status("ready") == 200);
        assertThat(status("live")).isEqualTo(200);
        assertThat(status("started")).isEqualTo(200);
    }

    private int status(String check) {
        try {
            HttpRequest request = HttpRequest.newBuilder(health.resolve(check)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
