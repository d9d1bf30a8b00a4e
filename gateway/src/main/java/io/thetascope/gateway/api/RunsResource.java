package io.thetascope.gateway.api;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.reading.DamageReading;
import io.thetascope.gateway.reading.DamagedRunView;
import io.thetascope.gateway.reading.EpochView;
import io.thetascope.gateway.reading.Items;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.reading.RunView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Runs: where they stand, their curves, and their checkpoints. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RunsResource {
    private final RunReading runs;
    private final DamageReading damage;

    @Inject
    RunsResource(RunReading runs, DamageReading damage) {
        this.runs = runs;
        this.damage = damage;
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
    public DamagedRunView run(@PathParam("id") String id) {
        RunView run = find(id);
        return DamagedRunView.of(run, damage.of(run.runId()));
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

    private RunView find(String id) {
        RunId run = Names.run(id);
        return runs.find(run).orElseThrow(() -> new NothingThereException("there is no run " + run));
    }
}
