package io.thetascope.gateway.api;

import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.DamageReading;
import io.thetascope.gateway.reading.RunReading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Files of a run, streamed from the store. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/runs/{id}")
public final class FilesResource {
    private final RunReading runs;
    private final AnalysisReading analyses;
    private final DamageReading damage;
    private final ObjectStore store;
    private final OnnxExport onnx;

    @Inject
    FilesResource(RunReading runs, AnalysisReading analyses, DamageReading damage, ObjectStore store, OnnxExport onnx) {
        this.damage = damage;
        this.runs = runs;
        this.analyses = analyses;
        this.store = store;
        this.onnx = onnx;
    }

    /** Sends a checkpoint, whole or a range of it. */
    @GET
    @Path("/checkpoints/{step}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response checkpoint(
            @PathParam("id") String id, @PathParam("step") String step, @HeaderParam("Range") @Nullable String range) {
        RunId run = Names.run(id);
        Step at = Names.step(step);
        return StoredFile.send(store, find(run, at).artifact(), range, "checkpoint-" + run + "-" + at + ".safetensors");
    }

    /** Sends a checkpoint as an ONNX model: a zip of the graph and the checkpoint. */
    @GET
    @Path("/checkpoints/{step}/onnx")
    @Produces("application/zip")
    public Response onnx(@PathParam("id") String id, @PathParam("step") String step) {
        RunId run = Names.run(id);
        StoredCheckpoint checkpoint = find(run, Names.step(step));
        return runs.spec(run)
                .map(spec -> onnx.send(spec, checkpoint))
                .orElseThrow(() -> new NothingThereException("the spec of run " + run + " is not known here"));
    }

    /** Sends features, logits, labels, probe indices and correlations at a checkpoint. */
    @GET
    @Path("/features/{step}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response features(
            @PathParam("id") String id, @PathParam("step") String step, @HeaderParam("Range") @Nullable String range) {
        RunId run = Names.run(id);
        Step at = Names.step(step);
        AnalysisReading.Known features = analyses.features(run, at)
                .orElseThrow(() -> new NothingThereException("no features of run " + run + " at step " + at));
        damage.of(run).withholds(features.request()).ifPresent(reason -> {
            throw new NothingThereException(
                    "the features of run " + run + " at step " + at + " are withheld: " + reason);
        });
        ArtifactRef file = features.tensors().orElseThrow();
        return StoredFile.send(store, file, range, "features-" + run + "-" + at + ".safetensors");
    }

    /** Damaged bytes under the name and the digest of a checkpoint would pass for one. */
    private StoredCheckpoint find(RunId run, Step step) {
        damage.of(run).of(run).stream()
                .filter(damaged -> step.equals(damaged.step()))
                .findFirst()
                .ifPresent(damaged -> {
                    throw new NothingThereException("the checkpoint of run " + run + " is withheld: " + damaged.says());
                });
        return runs.checkpoint(run, step)
                .orElseThrow(() -> new NothingThereException("run " + run + " has no checkpoint at step " + step));
    }
}
