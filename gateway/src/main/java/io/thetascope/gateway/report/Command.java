package io.thetascope.gateway.report;

import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.AcceptedStudy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell command for the reader.
 *
 * @param does what it is for
 * @param line the command
 */
public record Command(String does, String line) {
    private static final String API = "\"${THETASCOPE_URL:-http://127.0.0.1:8080}/api/v1";

    static List<Command> toReproduce(AcceptedStudy study) {
        String spec = new String(Json.bytes(study.spec()), StandardCharsets.UTF_8);
        return List.of(
                new Command(
                        "Post the same study; where its runs exist already, nothing is trained again",
                        "curl --fail-with-body -X POST " + API + "/studies\" -H 'Content-Type: application/json' -d "
                                + quoted(spec)),
                new Command(
                        "Read every number in full precision",
                        "curl --fail-with-body " + API + "/studies/" + study.studyId()
                                + "/report\" -H 'Accept: application/json'"),
                new Command(
                        "Read the table of runs",
                        "curl --fail-with-body " + API + "/studies/" + study.studyId()
                                + "/report\" -H 'Accept: text/csv'"),
                new Command(
                        "Read the table of comparisons",
                        "curl --fail-with-body " + API + "/studies/" + study.studyId()
                                + "/report?table=comparisons\" -H 'Accept: text/csv'"));
    }

    /** Quotes for a POSIX shell, in which nothing is special between single quotes but the quote itself. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
