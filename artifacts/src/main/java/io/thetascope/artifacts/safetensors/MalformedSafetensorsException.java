package io.thetascope.artifacts.safetensors;

/** A file that breaks a rule of the format; reading it again will not help. The message names file, tensor and remedy. */
public final class MalformedSafetensorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    /**
     * Describes what is wrong.
     *
     * @param source names the file
     * @param problem the rule that is broken, with the values
     */
    public MalformedSafetensorsException(String source, String problem) {
        super(message(source, problem));
    }

    /** Describes what is wrong, found by a parser. */
    public MalformedSafetensorsException(String source, String problem, Throwable cause) {
        super(message(source, problem), cause);
    }

    private static String message(String source, String problem) {
        return source + ": " + problem + "; write the file again with a safetensors library";
    }

    /** Quotes a name from an untrusted file so that it can neither flood nor forge a log. */
    static String quoted(String name) {
        String shown = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
