package dev.descent.training.provenance;

import dev.descent.fault.Damaged;
import dev.descent.model.ModelNotFound;
import dev.descent.model.Models;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.RecordingPlan;
import dev.descent.training.provenance.Verification.VerificationDifference;
import dev.descent.training.queue.Attempts;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Compares a run that repeats a job with that job: the digests of their weights, and every byte that they recorded.
@Component
public class CompareRuns {

    private static final String WEIGHTS = "weightsSha256";
    private static final Set<Kind> CURVE = EnumSet.of(Kind.LOSS, Kind.VALIDATION, Kind.LEARNING_RATE, Kind.METRICS);

    private final Jobs jobs;
    private final Attempts attempts;
    private final Recordings recordings;
    private final Models models;
    private final JsonMapper json;

    CompareRuns(Jobs jobs, Attempts attempts, Recordings recordings, Models models, JsonMapper json) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.recordings = recordings;
        this.models = models;
        this.json = json;
    }

    /// @param end what the run has come to
    /// @param directory where it has recorded
    public Verification compare(Claim claim, Attempts.End end, Path directory) {
        String id = Objects.requireNonNull(claim.verifies());
        var tenant = new Tenant(claim.tenant());
        Optional<Job> found = jobs.find(tenant, id);
        if (found.isEmpty()) {
            return Verification.unknown(id);
        }
        Job job = found.get();
        List<VerificationDifference> differences = new ArrayList<>();
        boolean curve = true;
        boolean records = true;
        for (Kind kind : Kind.values()) {
            VerificationDifference difference = difference(job, kind, directory.resolve(kind.fileName()));
            if (difference != null) {
                differences.add(difference);
                curve &= !CURVE.contains(kind);
                records &= CURVE.contains(kind);
            }
        }
        String weights = weightsSha256(tenant, job);
        boolean same = end.weightsSha256().equals(weights);
        if (!same) {
            differences.add(new VerificationDifference(
                    WEIGHTS, null, weights == null ? "not known" : weights, end.weightsSha256()));
        }
        return new Verification(
                id,
                same,
                curve,
                records,
                differences.stream()
                        .min(Comparator.comparingLong(each -> each.step() == null ? Long.MAX_VALUE : each.step()))
                        .orElse(null));
    }

    /// Of the weights that a job ended with; null while it has not, or where nothing is left that says it.
    @Nullable
    String weightsSha256(Tenant tenant, Job job) {
        if (!job.state().terminal()) {
            return null;
        }
        List<Attempts.Kept> all = attempts.of(job.id());
        if (!all.isEmpty() && all.getLast().end() != null) {
            return all.getLast().end().weightsSha256();
        }
        try {
            return job.modelId() == null
                    ? null
                    : models.find(tenant, job.modelId()).summary().weightsSha256();
        } catch (ModelNotFound deleted) {
            return null;
        }
    }

    private @Nullable VerificationDifference difference(Job job, Kind kind, Path now) {
        try {
            Path then = recordings.file(job.id(), kind).orElse(null);
            boolean recorded = Files.exists(now);
            if (then == null && !recorded) {
                return null;
            }
            if (then == null || !recorded) {
                return new VerificationDifference(
                        name(kind), null, then == null ? "not recorded" : "recorded", recorded ? "recorded" : "not");
            }
            long place = Files.mismatch(then, now);
            return place < 0 ? null : recordDifference(job, kind, then, now).at(place);
        } catch (Damaged | IOException e) {
            return new VerificationDifference(name(kind), null, String.valueOf(e.getMessage()), "recorded");
        }
    }

    private RecordDifference recordDifference(Job job, Kind kind, Path then, Path now) {
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Plan plan = json.readValue(job.plan(), Plan.class);
        Recording recording = RecordingPlan.of(
                spec, plan.steps(), plan.stepsPerEpoch(), plan.validationRows() > 0, plan.trainingRows());
        return new RecordDifference(recording, spec.precision(), kind, then, now);
    }

    static String name(Kind kind) {
        return switch (kind) {
            case LOSS -> "trainingLoss";
            case VALIDATION -> "validationLoss";
            case LEARNING_RATE -> "learningRate";
            case METRICS -> "metrics";
            case GRADIENTS -> "gradients";
            case WEIGHTS -> "weights";
            case ACTIVATIONS -> "activations";
            case LAST_WEIGHTS -> "lastWeights";
        };
    }
}
