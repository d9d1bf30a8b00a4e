package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.damage.Damage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was asked for, and how far it is.
 *
 * @param studyId the study
 * @param name the user's label
 * @param state running, completed or cancelled
 * @param runs planned, and how many are in each state
 * @param analyses planned, measured, refused, failed, and withheld because of damage
 * @param spec completed with the defaults
 * @param used what the runs really use
 */
public record StudySummary(
        StudyId studyId,
        String name,
        String state,
        Map<String, Integer> runs,
        Map<String, Integer> analyses,
        StudySpec spec,
        UsedSettings used) {

    static StudySummary of(ReportData data, Histories histories, Measurements measured) {
        return new StudySummary(
                data.study().studyId(),
                data.study().spec().name(),
                data.state(),
                runs(histories),
                analyses(data.study().analyses().size(), measured),
                data.study().spec(),
                UsedSettings.of(data.study().runs()));
    }

    private static Map<String, Integer> runs(Histories histories) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("planned", histories.all().size());
        RunHistory.STATES.forEach(state -> counts.put(state, 0));
        histories.all().forEach(history -> counts.merge(history.state(), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> analyses(int planned, Measurements measured) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("planned", planned);
        counts.put(Ending.MEASURED, planned - measured.notMeasured().size());
        counts.put("refused", 0);
        counts.put("failed", 0);
        counts.put(Damage.WITHHELD, 0);
        measured.notMeasured().stream()
                .filter(NotMeasured::ended)
                .forEach(m -> counts.merge(counts.containsKey(m.outcome()) ? m.outcome() : "failed", 1, Integer::sum));
        return counts;
    }

    /** Returns the name, or the id of a study that has none. */
    public String title() {
        return name.isBlank() ? "Study " + studyId : name;
    }
}
