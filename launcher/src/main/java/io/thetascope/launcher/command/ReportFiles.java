package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.GatewayClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the report of a study in its three forms, and its table of comparisons. */
final class ReportFiles {
    static final String JSON = "application/json";

    private static final Map<String, String> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("report.html", "text/html");
        FORMS.put("report.json", JSON);
        FORMS.put("report.csv", "text/csv");
    }

    private ReportFiles() {}

    /** Fetches all forms, then writes them; a form that cannot be fetched leaves the folder as it was. */
    static void write(GatewayClient gateway, String studyId, Path folder) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (Map.Entry<String, String> form : FORMS.entrySet()) {
            contents.put(form.getKey(), gateway.report(studyId, form.getValue()));
        }
        contents.put("comparisons.csv", gateway.comparisons(studyId));
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
