package dev.descent.training.series;

import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
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
        List<Recorded> recorded =
                jobs.stream().map(job -> Recorded.of(job, json)).toList();
        long kinds = recorded.stream()
                .map(Recorded::recording)
                .map(recording -> Arrays.asList(recording.loss(), recording.validation()))
                .distinct()
                .count();
        Integer share = maxPoints == null ? null : Math.max(2, Math.toIntExact(maxPoints / Math.max(1, kinds)));
        StepRange range = StepRange.of(null, null, share);
        List<String> ids = jobs.stream().map(Job::id).toList();
        List<LossCurve> opened = new ArrayList<>();
        try {
            for (int k = 0; k < jobs.size(); k++) {
                opened.add(curves.open(
                        tenant,
                        ids.get(k),
                        recorded.get(k).spec(),
                        recorded.get(k).recording(),
                        range));
            }
        } catch (RuntimeException e) {
            opened.forEach(LossCurve::close);
            throw e;
        }
        return new JointCurve(ids, names, opened);
    }
}
