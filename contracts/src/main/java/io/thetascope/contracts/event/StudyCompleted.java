package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.StudyId;
import java.util.List;
import java.util.Map;

/**
 * Everything that a study planned is terminal.
 *
 * @param studyId the study
 * @param revision grows each time a study completes again, as after a reopening
 * @param runs outcome → how many
 * @param analyses outcome → how many
 */
public record StudyCompleted(StudyId studyId, long revision, Map<String, Integer> runs, Map<String, Integer> analyses)
        implements Event {
    @Override
    public Topic topic() {
        return Topic.STUDIES;
    }

    @Override
    public String key() {
        return studyId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of(revision);
    }
}
