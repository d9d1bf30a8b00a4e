package io.thetascope.gateway.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.ws.rs.ServiceUnavailableException;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {
    @Test
    void aStreamMoreThanMayBeIsRefusedUntilOneEnds() {
        OpenStreams open = new OpenStreams(1);
        Cancellable first =
                open.counted(Multi.createFrom().nothing()).subscribe().with(item -> {});
        assertThatThrownBy(() -> open.counted(Multi.createFrom().nothing()))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("1 clients already");
        first.cancel();
        assertThatCode(() -> open.counted(Multi.createFrom().nothing())).doesNotThrowAnyException();
    }
}
