package io.thetascope.gateway.report.markup;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML or SVG that is well-formed XML too. Every text and attribute is escaped here and nowhere else, so no text
 * of a user can become markup. Attributes are pairs of name and value.
 */
public final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. */
    public Markup open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the innermost element, which has to be this one. */
    public Markup close(String tag) {
        if (!tag.equals(open.peek())) {
            throw new IllegalStateException("cannot close " + tag + " within " + open);
        }
        open.pop();
        out.append("</").append(tag).append('>');
        return this;
    }

    /** Writes an element that holds only text. */
    public Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** Writes an element without content, such as {@code meta} or {@code circle}. */
    public Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>");
        return this;
    }

    /** Writes text. */
    public Markup text(String text) {
        escape(text);
        return this;
    }

    /** Adds a finished piece. */
    public Markup add(Markup piece) {
        out.append(piece);
        return this;
    }

    /** Starts a new line, for those who read the source. */
    public Markup line() {
        out.append('\n');
        return this;
    }

    /** Adds a style sheet of ours, which must hold nothing that would need escaping. */
    public Markup style(String css) {
        if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
            throw new IllegalArgumentException("a style sheet here has neither < nor &");
        }
        out.append("<style>").append(css).append("</style>");
        return this;
    }

    private void start(String tag, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("attributes of " + tag + " come in pairs");
        }
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(c) ? c : '\uFFFD');
            }
        });
    }

    /** XML has no way to write the other control characters, nor half a surrogate pair. */
    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < 0xD800)
                || (c > 0xDFFF && c < 0xFFFE)
                || c > 0xFFFF;
    }

    /** Returns what was written; every element must be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.toString();
    }
}
