package io.thetascope.trainer.data;

import io.thetascope.networks.CounterStream;

/** The random numbers of one epoch's order, one after another. */
final class OrderStream {
    /** Part of what is hashed: another generator would get another name, and old runs would keep theirs. */
    private static final String VERSION = "thetascope/order/v1";

    private final CounterStream stream;
    private long drawn;

    OrderStream(long seed, int epoch) {
        stream = CounterStream.of(VERSION + "/" + seed + "/" + epoch);
    }

    /** Returns a number below the bound, each equally likely. */
    int below(int bound) {
        while (true) {
            long bits = stream.bits(drawn++) >>> 1;
            long value = bits % bound;
            // the last incomplete run of multiples would favour small numbers: draw again
            if (bits - value + (bound - 1) >= 0) {
                return (int) value;
            }
        }
    }
}
