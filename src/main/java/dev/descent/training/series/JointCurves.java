package dev.descent.training.series;

import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.RecordingPlan;
import dev.descent.training.queue.Job;
import dev.descent.training.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Opens the loss curves of several jobs on one axis.
@Component
public class JointCurves {

    private final LossCurves curves;
    private final JsonMapper json;

    JointCurves(LossCurves curves, JsonMapper json) {
        this.curves = curves;
        this.json = json;
    }

    /// Refuses a `maxPoints` that cannot be; null is for all points.
    public static void requirePoints(@Nullable Integer maxPoints) {
        StepRange.of(null, null, maxPoints);
    }

    /// The jobs share `maxPoints`, where their curves have different steps; each has two at least.
    public JointCurve open(Tenant tenant, List<Job> jobs, @Nullable Integer maxPoints) {
        return open(tenant, jobs, jobs.stream().map(Job::id).toList(), maxPoints);
    }

    /// The same with a name of each job, for the heading of its columns.
    public JointCurve open(Tenant tenant, List<Job> jobs, List<String> names, @Nullable Integer maxPoints) {
        List<JobSpec> specs = new ArrayList<>();
        List<Recording> recordings = new ArrayList<>();
        for (Job job : jobs) {
            JobSpec spec = json.readValue(job.spec(), JobSpec.class);
            Plan plan = json.readValue(job.plan(), Plan.class);
            specs.add(spec);
            recordings.add(RecordingPlan.of(
                    spec, plan.steps(), plan.stepsPerEpoch(), plan.validationRows() > 0, plan.trainingRows()));
        }
        long kinds = recordings.stream()
                .map(recording -> Arrays.asList(recording.loss(), recording.validation()))
                .distinct()
                .count();
        Integer share = maxPoints == null ? null : Math.max(2, Math.toIntExact(maxPoints / Math.max(1, kinds)));
        StepRange range = StepRange.of(null, null, share);
        List<String> ids = jobs.stream().map(Job::id).toList();
        List<LossCurve> opened = new ArrayList<>();
        try {
            for (int k = 0; k < jobs.size(); k++) {
                opened.add(curves.open(tenant, ids.get(k), specs.get(k), recordings.get(k), range));
            }
        } catch (RuntimeException e) {
            opened.forEach(LossCurve::close);
            throw e;
        }
        return new JointCurve(ids, names, opened);
    }
}
