package io.thetascope.gateway.reading;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items of the page
 * @param next what to pass as {@code after} for the next page; absent on the last
 */
public record Items<T>(List<T> items, @Nullable String next) {
    public Items {
        items = List.copyOf(items);
    }

    /** Returns a list that fits on one page. */
    public static <T> Items<T> all(List<T> items) {
        return new Items<>(items, null);
    }

    /** Makes a page of one item more than its size: the one too many says that there is another page. */
    static <T> Items<T> page(List<T> oneMore, int size, Function<T, String> cursor) {
        if (oneMore.size() <= size) {
            return all(oneMore);
        }
        List<T> items = oneMore.subList(0, size);
        return new Items<>(items, cursor.apply(items.get(size - 1)));
    }
}
