package io.thetascope.gateway.api;

import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.networks.Networks;
import io.thetascope.onnx.OnnxModel;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips an ONNX model with the checkpoint that holds its weights. */
public final class OnnxExport {
    private static final String DATA = "checkpoint.safetensors";

    private final ObjectStore store;

    /** Reads checkpoints here. */
    public OnnxExport(ObjectStore store) {
        this.store = store;
    }

    Response send(RunSpec spec, StoredCheckpoint checkpoint) {
        ArtifactRef file = checkpoint.artifact();
        byte[] model = OnnxModel.of(Networks.named(spec.network(), spec.input()), header(file), DATA);
        String name = spec.network() + "-" + spec.id() + "-" + checkpoint.step() + ".zip";
        return Response.ok((StreamingOutput) out -> zip(model, file, out))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    private SafetensorsHeader header(ArtifactRef file) {
        try (InputStream in = store.open(file.key())) {
            return SafetensorsHeader.read(in, file.bytes(), file.key());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.key(), e);
        }
    }

    private void zip(byte[] model, ArtifactRef file, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION); // weights do not shrink
        zip.putNextEntry(new ZipEntry("model.onnx"));
        zip.write(model);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(DATA));
        try (InputStream in = store.open(file.key())) {
            in.transferTo(zip);
        }
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }
}
