package io.thetascope.launcher.command;

/** What the command line returns to its caller. */
final class ExitCode {
    static final int OK = 0;
    /** Something did not work, or not every run finished. */
    static final int FAILED = 1;
    /** The command, or the study that was sent, is wrong; picocli's own code for wrong usage. */
    static final int WRONG_INPUT = 2;
    /** Left on request before the end: what a shell reports for Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
