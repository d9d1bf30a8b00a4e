package io.thetascope.gateway.api;

import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.deadletter.LetterId;
import io.thetascope.networks.Networks;
import java.util.function.Function;

/** Reads the ids in a path; what is no id names nothing, and never reaches the store or the database. */
final class Names {
    private Names() {}

    static StudyId study(String text) {
        return read("study", text, StudyId::new);
    }

    static RunId run(String text) {
        return read("run", text, RunId::new);
    }

    static AnalysisId analysis(String text) {
        return read("analysis", text, AnalysisId::new);
    }

    static String network(String text) {
        if (!Networks.names().contains(text)) {
            throw new NothingThereException("there is no such network; known are " + Networks.names());
        }
        return text;
    }

    static LetterId letter(String text) {
        return LetterId.of(text)
                .orElseThrow(() -> new NothingThereException(
                        "there is no such dead letter; ids are <topic>-<partition>-<offset>"));
    }

    static Step step(String text) {
        return read("step", text, Names::stepOf);
    }

    /** ASCII digits alone: a parser of numbers also takes signs and the digits of other scripts. */
    private static Step stepOf(String text) {
        if (!text.matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException("a step is a whole number of at most eight digits");
        }
        return new Step(Long.parseLong(text));
    }

    private static <T> T read(String what, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new NothingThereException("there is no such " + what + "; " + e.getMessage());
        }
    }
}
