package dev.descent.training.queue;

import static dev.descent.training.queue.JobState.CANCELLED;
import static dev.descent.training.queue.JobState.CANCELLING;
import static dev.descent.training.queue.JobState.FAILED;
import static dev.descent.training.queue.JobState.PAUSED;
import static dev.descent.training.queue.JobState.PAUSING;
import static dev.descent.training.queue.JobState.QUEUED;
import static dev.descent.training.queue.JobState.RUNNING;
import static dev.descent.training.queue.JobState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobStateTest {

    private static final Set<List<JobState>> ALLOWED = Set.of(
            List.of(QUEUED, RUNNING),
            List.of(QUEUED, PAUSED),
            List.of(QUEUED, CANCELLED),
            List.of(RUNNING, SUCCEEDED),
            List.of(RUNNING, FAILED),
            List.of(RUNNING, CANCELLING),
            List.of(RUNNING, PAUSING),
            List.of(RUNNING, QUEUED),
            List.of(PAUSING, PAUSED),
            List.of(PAUSING, SUCCEEDED),
            List.of(PAUSING, FAILED),
            List.of(PAUSING, CANCELLING),
            List.of(PAUSED, QUEUED),
            List.of(PAUSED, CANCELLED),
            List.of(CANCELLING, CANCELLED));

    static Stream<Arguments> pairs() {
        return Arrays.stream(JobState.values())
                .flatMap(from -> Arrays.stream(JobState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void onlyTheseTransitionsAreAllowed(JobState from, JobState to) {
        assertThat(from.mayBecome(to)).isEqualTo(ALLOWED.contains(List.of(from, to)));
    }

    @Test
    void terminalStatesAreThoseThatNothingFollows() {
        assertThat(Arrays.stream(JobState.values()).filter(JobState::terminal))
                .containsExactlyInAnyOrder(SUCCEEDED, FAILED, CANCELLED);
    }
}
