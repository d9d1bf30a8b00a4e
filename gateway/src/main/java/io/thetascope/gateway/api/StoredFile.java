package io.thetascope.gateway.api;

import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.run.ArtifactRef;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends an object of the store without holding it in memory. */
final class StoredFile {
    private StoredFile() {}

    static Response send(ObjectStore store, ArtifactRef file, @Nullable String range, String name) {
        Optional<ByteRange> part = ByteRange.parse(range, file.bytes());
        if (part.isEmpty()) {
            return headers(Response.ok(store.open(file.key())), file, name)
                    .header(HttpHeaders.CONTENT_LENGTH, file.bytes())
                    .build();
        }
        if (!part.get().satisfiable()) {
            return Response.status(416)
                    .header("Content-Range", "bytes */" + file.bytes())
                    .build();
        }
        ByteRange bytes = part.get();
        return headers(Response.status(206).entity(store.open(file.key(), bytes.first(), bytes.length())), file, name)
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length())
                .header("Content-Range", bytes.contentRange(file.bytes()))
                .build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response, ArtifactRef file, String name) {
        return response.header("Accept-Ranges", "bytes")
                .header(HttpHeaders.ETAG, '"' + file.sha256().value() + '"')
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }
}
