package dev.descent.training.series;

import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.MetricSeries;
import dev.descent.training.recording.RecordReader;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Series;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Opens the loss curves of jobs.
@Component
class LossCurves {

    private final RecordedFiles files;

    LossCurves(RecordedFiles files) {
        this.files = files;
    }

    LossCurve open(Tenant tenant, String id, JobSpec spec, Recording recording, StepRange range) {
        MetricSeries measured = recording.metrics();
        var readers = new LossCurve.Readers(
                open(tenant, id, Kind.LOSS, recording.loss()),
                open(tenant, id, Kind.LEARNING_RATE, recording.learningRate()),
                open(tenant, id, Kind.VALIDATION, recording.validation()),
                open(tenant, id, Kind.METRICS, measured == null ? null : measured.series()));
        return new LossCurve(recording, spec.optimizer().learningRate(), readers, range);
    }

    private @Nullable RecordReader open(Tenant tenant, String id, Kind kind, @Nullable Series series) {
        return series == null ? null : files.open(tenant, id, kind, series).orElse(null);
    }
}
