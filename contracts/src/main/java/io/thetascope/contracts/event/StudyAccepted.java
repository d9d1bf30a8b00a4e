package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.StudyId;
import java.util.List;

/**
 * A study was accepted, or reopened after it was cancelled.
 *
 * @param studyId hash of the resolved spec
 * @param revision 1 at first, one more at each reopening
 * @param name the user's label
 * @param runs how many are planned, of every role
 * @param analyses how many are planned
 */
public record StudyAccepted(StudyId studyId, long revision, String name, int runs, int analyses) implements Event {
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
