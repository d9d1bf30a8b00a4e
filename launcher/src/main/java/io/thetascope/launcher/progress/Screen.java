package io.thetascope.launcher.progress;

import java.io.PrintStream;

/** Where a person reads: whole lines, and on a terminal one last line that is rewritten. */
public final class Screen {
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean open;

    /** Makes a screen; {@code terminal} says whether the last line can be rewritten. */
    public Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Returns whether the last line can be rewritten. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Writes a line that stays. */
    public synchronized void line(String text) {
        closeLive();
        out.println(text);
        out.flush();
    }

    /** Writes the line that the next call replaces; where that is not possible, a line that stays. */
    public synchronized void live(String text) {
        if (terminal) {
            out.print(ERASE_LINE + text);
            open = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    private void closeLive() {
        if (open) {
            out.println();
            open = false;
        }
    }
}
