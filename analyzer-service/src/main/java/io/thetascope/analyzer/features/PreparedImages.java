package io.thetascope.analyzer.features;

import java.nio.FloatBuffer;

/** Images as a network sees them, prepared when they are asked for. */
public interface PreparedImages {
    /** Returns how many there are. */
    int count();

    /** Appends an image, C×H×W, to a buffer. */
    void appendTo(FloatBuffer buffer, int image);
}
