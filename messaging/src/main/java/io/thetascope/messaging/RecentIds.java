package io.thetascope.messaging;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the facts handled last; as many as are kept, no more. Not safe for several threads. */
final class RecentIds extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    private final int capacity;

    RecentIds(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > capacity;
    }
}
