package dev.descent.training.compare;

import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import org.jspecify.annotations.Nullable;

/// A part of a run that one job took: a fork's run is that of the job it was forked from, and then its own.
///
/// @param begin where a fork begins; null for a job that begins with its first step
record Stretch(
        String jobId, JobSpec spec, Plan plan, @Nullable Begin begin) {

    /// A checkpoint with what stands at its head.
    record Begin(KeptCheckpoint checkpoint, Placement placement) {

        /// Whether the other is the same place in the same run.
        boolean isAt(Begin other) {
            return placement.jobId().equals(other.placement().jobId()) && compareTo(other) == 0;
        }

        int compareTo(Begin other) {
            int rounds = Long.compare(placement.round(), other.placement().round());
            return rounds != 0
                    ? rounds
                    : Long.compare(placement.step(), other.placement().step());
        }
    }

    /// The same, taken up elsewhere.
    Stretch from(Begin other) {
        return new Stretch(jobId, spec, plan, other);
    }

    /// The same under another spec, with which no job went on from there.
    Stretch with(JobSpec other) {
        return new Stretch("", other, plan, begin);
    }
}
