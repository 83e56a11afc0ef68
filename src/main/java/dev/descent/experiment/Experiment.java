package dev.descent.experiment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was queued together.
///
/// @param jobs one of each variant, in order
record Experiment(
        String id,
        @Nullable String name,
        ExperimentRequest request,
        List<Begun> jobs,
        Paired paired,
        Instant createdAt) {

    static final String PREFIX = "exp";
    static final String PATH = "/api/v1/experiments";
    static final String TAG = "Experiments";

    /// Its name, or else its id.
    String title() {
        return name == null ? id : name;
    }

    /// A variant's job, which may be deleted since, the digest of the weights that it begins with, and what is set
    /// otherwise in it.
    record Begun(String jobId, String weightsSha256, List<Difference> differs) {}
}
