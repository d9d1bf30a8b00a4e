package io.thetascope.gateway.api;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.EpochView;
import io.thetascope.gateway.reading.Items;
import io.thetascope.gateway.reading.MovementView;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.reading.RunView;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Runs: where they stand, their curves, and what was measured of them. */
@Path("/api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RunsResource {
    private final RunReading runs;
    private final AnalysisReading analyses;

    @Inject
    RunsResource(RunReading runs, AnalysisReading analyses) {
        this.runs = runs;
        this.analyses = analyses;
    }

    /**
     * A checkpoint of a run.
     *
     * @param step optimizer steps done
     * @param epoch in which the step lies
     * @param key of the object
     * @param sha256 of the object
     * @param bytes of the object
     * @param evidence what the optimizer did to every parameter until then; absent at the start and where none is kept
     */
    public record CheckpointView(
            Step step,
            int epoch,
            String key,
            Digest sha256,
            long bytes,
            @Nullable ArtifactRef evidence) {
        static CheckpointView of(StoredCheckpoint stored) {
            return new CheckpointView(
                    stored.step(),
                    stored.epoch(),
                    stored.artifact().key(),
                    stored.artifact().sha256(),
                    stored.artifact().bytes(),
                    stored.evidence());
        }
    }

    /** Reads a run. */
    @GET
    public RunView run(@PathParam("id") String id) {
        return find(id);
    }

    /** Lists a run's epochs, the starting point first. */
    @GET
    @Path("/epochs")
    public Items<EpochView> epochs(@PathParam("id") String id) {
        return Items.all(runs.epochs(find(id).runId()));
    }

    /** Lists a run's checkpoints by step. */
    @GET
    @Path("/checkpoints")
    public Items<CheckpointView> checkpoints(@PathParam("id") String id) {
        return Items.all(runs.checkpoints(find(id).runId()).stream()
                .map(CheckpointView::of)
                .toList());
    }

    /** Says how far a run moved. */
    @GET
    @Path("/movement")
    public MovementView movement(@PathParam("id") String id) {
        RunId run = find(id).runId();
        return MovementView.of(analyses.results(run, AnalysisKind.MOVEMENT).stream()
                .map(result -> Json.read(result, MovementResult.class))
                .toList());
    }

    /** Says what a run's features have to do with each other, by checkpoint. */
    @GET
    @Path("/features")
    public Items<FeaturesResult> features(@PathParam("id") String id) {
        RunId run = find(id).runId();
        return Items.all(analyses.results(run, AnalysisKind.FEATURES).stream()
                .map(result -> Json.read(result, FeaturesResult.class))
                .toList());
    }

    private RunView find(String id) {
        RunId run = Names.run(id);
        return runs.find(run).orElseThrow(() -> new NothingThereException("there is no run " + run));
    }
}
