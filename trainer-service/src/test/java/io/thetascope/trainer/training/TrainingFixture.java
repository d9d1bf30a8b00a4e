package io.thetascope.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.input.Normalization;
import io.thetascope.trainer.SmallData;
import io.thetascope.trainer.checkpoint.DrawnWeights;
import io.thetascope.trainer.data.DataOrder;
import io.thetascope.trainer.data.HostImages;
import io.thetascope.trainer.data.ImageSets;
import io.thetascope.trainer.device.TorchEngine;
import io.thetascope.trainer.network.DropoutMasks;
import io.thetascope.trainer.optimizer.LearningRate;
import io.thetascope.trainer.optimizer.Optimizer;
import io.thetascope.trainer.optimizer.SgdMomentum;
import java.util.Optional;

/** A small LeNet training on made-up images; defaults that a test may change before it runs. */
final class TrainingFixture implements AutoCloseable {
    static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));

    final NDManager owner = TorchEngine.withThreads(1).newBaseManager(Device.cpu());
    NetworkDescription network = LENET;
    boolean evidence;
    Optional<HostImages> validation = Optional.empty();
    int images = 250;
    int batch = 50;
    int epochs = 2;
    CheckpointSchedule checkpoints = new CheckpointSchedule(1, false);
    Optimizer optimizer = new SgdMomentum(0.9, 0);
    double learningRate = 0.01;

    Training training() {
        TrainingSchedule schedule = new TrainingSchedule(images, batch, epochs, checkpoints);
        TrainingPlan plan = new TrainingPlan(
                network,
                Normalization.of("mnist"),
                schedule,
                new DataOrder(7, images),
                optimizer,
                LearningRate.warmedUp(learningRate, 0),
                new DropoutMasks(5),
                evidence,
                DataType.FLOAT32);
        Training training = new Training(
                owner, plan, new ImageSets(SmallData.images(images, 1), SmallData.images(60, 2), validation), () -> 0);
        DrawnWeights.draw(RunSpec.FORMAT, "kaiming-uniform", 3, training.state(), name -> true);
        return training;
    }

    @Override
    public void close() {
        owner.close();
    }
}
