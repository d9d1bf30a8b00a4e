package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.StudyId;
import java.util.List;

/**
 * A study is not wanted any more; what it finished stays.
 *
 * @param studyId the study
 * @param revision of the acceptance that it ends
 */
public record StudyCancelled(StudyId studyId, long revision) implements Event {
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
