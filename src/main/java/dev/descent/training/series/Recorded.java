package dev.descent.training.series;

import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.RecordingPlan;
import dev.descent.training.queue.Job;
import dev.descent.training.recording.Recording;
import tools.jackson.databind.json.JsonMapper;

/// What a job was asked to do, and what of it to record.
record Recorded(JobSpec spec, Recording recording) {

    static Recorded of(Job job, JsonMapper json) {
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Plan plan = json.readValue(job.plan(), Plan.class);
        return new Recorded(
                spec,
                RecordingPlan.of(
                        spec, plan.steps(), plan.stepsPerEpoch(), plan.validationRows() > 0, plan.trainingRows()));
    }
}
