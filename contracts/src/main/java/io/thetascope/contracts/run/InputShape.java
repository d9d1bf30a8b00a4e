package io.thetascope.contracts.run;

/**
 * The shape of one image as a network sees it.
 *
 * @param channels 1 (grey) or 3 (colour, or grey replicated)
 * @param height pixels
 * @param width pixels
 */
public record InputShape(int channels, int height, int width) {
    public InputShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "input shape must be positive: " + channels + "x" + height + "x" + width);
        }
    }

    /** Parses {@code 3x32x32}. */
    public static InputShape parse(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("input shape must read CxHxW, like 3x32x32: " + text);
        }
        return new InputShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
