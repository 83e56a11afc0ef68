package dev.descent.training.compare;

import dev.descent.training.compare.ComparisonAnswer.ComparedData;
import dev.descent.training.compare.ComparisonAnswer.ComparedJobAnswer;
import dev.descent.training.compare.ComparisonAnswer.DifferingSetting;
import dev.descent.training.series.JointCurve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Jobs side by side, as JSON.
///
/// @param partings null where they are not wanted
record Comparison(
        List<ComparedJob> jobs, JointCurve curves, @Nullable List<Parting> partings) {

    void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writePOJOProperty(
                "jobs",
                jobs.stream()
                        .map(job -> new ComparedJobAnswer(
                                job.id(), job.job().name(), job.job().state()))
                        .toList());
        out.writePOJOProperty("settings", settings());
        out.writePOJOProperty("data", data());
        out.writeName("curves");
        curves.writeJson(out);
        out.writePOJOProperty("partings", partings);
        out.writeEndObject();
    }

    private List<DifferingSetting> settings() {
        return Settings.differing(jobs.stream().map(ComparedJob::settings).toList()).stream()
                .filter(setting -> !List.of("/name", "/datasetId").contains(setting.pointer()))
                .map(setting -> new DifferingSetting(
                        setting.pointer(),
                        setting.values().stream()
                                .<@Nullable Object>map(Settings::shown)
                                .toList()))
                .toList();
    }

    private ComparedData data() {
        List<@Nullable String> hashes = new ArrayList<>();
        for (ComparedJob job : jobs) {
            hashes.add(job.dataset() == null ? null : job.dataset().sha256());
        }
        Boolean same = hashes.contains(null) ? null : hashes.stream().distinct().count() == 1;
        return new ComparedData(
                same, jobs.stream().map(job -> job.spec().datasetId()).toList(), hashes);
    }
}
