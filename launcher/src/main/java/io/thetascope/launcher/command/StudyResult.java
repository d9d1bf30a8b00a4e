package io.thetascope.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.json.Json;
import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.gateway.StudyStatus;
import io.thetascope.launcher.progress.Screen;
import io.thetascope.launcher.table.ResultTable;
import java.io.IOException;

/** Says how a study ended. */
final class StudyResult {
    private StudyResult() {}

    /** Prints the table of results. */
    static void print(GatewayClient gateway, String studyId, Screen screen) throws IOException {
        JsonNode report = Json.read(gateway.report(studyId, ReportFiles.JSON), JsonNode.class);
        screen.line("");
        ResultTable.of(report).forEach(screen::line);
    }

    /** Prints one sentence on how it ended and returns the exit code that says the same. */
    static int conclude(StudyStatus study, Screen screen) {
        screen.line("Study " + study.studyId() + " is " + study.state() + ": " + study.runs("finished") + " of "
                + study.runs("planned") + " runs finished");
        return study.everyRunFinished() ? ExitCode.OK : ExitCode.FAILED;
    }
}
