package io.thetascope.trainer;

import io.thetascope.trainer.data.HostImages;

/** Made-up images that LeNet learns in a few epochs: class k is a bright bar in row band k, on noise. */
public final class SmallData {
    private static final int SIDE = 28;

    private SmallData() {}

    public static HostImages images(int count, int salt) {
        return HostImages.padded(count, 1, SIDE, 32, pixels(count, salt), labels(count));
    }

    public static byte[] pixels(int count, int salt) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int at = 0; at < pixels.length; at++) {
            int image = at / (SIDE * SIDE);
            boolean bar = at % (SIDE * SIDE) / SIDE / 2 == image % 10;
            double noise = Fixtures.hashed(at, salt) + 0.5;
            pixels[at] = (byte) (int) (noise * 120 + (bar ? 130 : 0));
        }
        return pixels;
    }

    public static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return labels;
    }
}
