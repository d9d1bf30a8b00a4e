package io.thetascope.trainer.device;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** The numerical library, loaded once into this process and held to a number of threads. */
public final class TorchEngine {
    private TorchEngine() {}

    /**
     * Loads the library, or changes its number of threads.
     *
     * @param threads that an operation may use; one more would change the rounding, and spinning threads that share cores fall
     *     to a tenth of their speed
     */
    public static Engine withThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1: " + threads);
        }
        // read when the library is loaded; between operations there is nothing here to run side by side
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        Engine engine = Engine.getEngine("PyTorch");
        if (JniUtils.getNumThreads() != threads) {
            JniUtils.setNumThreads(threads);
        }
        return engine;
    }
}
