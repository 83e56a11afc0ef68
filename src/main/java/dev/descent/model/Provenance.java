package dev.descent.model;

import java.time.Instant;

/// Where a model comes from: enough to train it again, and to see that it is the same.
///
/// @param spec the job's canonical spec as JSON
/// @param tableSha256 of the dataset's canonical table
/// @param weightsSha256 of all weights and biases in layer order, little-endian, in the run's precision
/// @param attempt which attempt of the job it was, counted from 1
/// @param engine the version of this program
public record Provenance(
        String jobId,
        long attempt,
        String spec,
        String datasetId,
        String tableSha256,
        String weightsSha256,
        long steps,
        long epochs,
        String engine,
        Instant finishedAt) {}
