package dev.descent.training.plan;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// What the job would record does not fit into what a job may record.
final class RecordingTooLarge extends Refused {

    RecordingTooLarge(long bytes, long limit, String advice) {
        super(
                "recording-too-large",
                "Recording too large",
                message(bytes, limit, advice),
                List.of(new Violation("/record", "recording-too-large", message(bytes, limit, advice), bytes)));
    }

    private static String message(long bytes, long limit, String advice) {
        return "the job would record " + bytes + " bytes; the limit is " + limit + " (descent.training.record-limit); "
                + advice;
    }
}
