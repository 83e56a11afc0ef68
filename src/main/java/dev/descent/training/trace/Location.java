package dev.descent.training.trace;

import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;

/// A step that was taken, or is the next to be, and the job whose run it belongs to: for a step before a
/// fork that is the job it was forked from.
///
/// @param round how often that run had diverged and begun again before the step; counts where it may
/// @param step counted from 0
record Location(Job job, JobSpec spec, Plan plan, long round, long step) {}
