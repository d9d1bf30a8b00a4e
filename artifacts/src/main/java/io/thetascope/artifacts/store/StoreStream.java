package io.thetascope.artifacts.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream from the store whose breaking off is transient. */
final class StoreStream extends FilterInputStream {
    private final String key;

    StoreStream(InputStream in, String key) {
        super(in);
        this.key = key;
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    @Override
    public int read(byte[] into, int at, int count) {
        try {
            return super.read(into, at, count);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private StoreUnavailableException brokenOff(IOException e) {
        return new StoreUnavailableException("reading " + key + " broke off", e);
    }
}
