package io.thetascope.gateway.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets only so many bytes pass until it is allowed more: against archives whose headers ask for memory or never end. */
final class Allowance extends FilterInputStream {
    private static final long AT_FIRST = 1 << 20;

    private long left = AT_FIRST;

    Allowance(InputStream in) {
        super(in);
    }

    /** Allows so many bytes from here on. */
    void allow(long bytes) {
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        spend(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
        int taken = super.read(into, at, count);
        spend(Math.max(taken, 0));
        return taken;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        spend(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void spend(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("more bytes than its headers announce");
        }
    }
}
