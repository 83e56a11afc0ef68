package dev.descent.dataset;

import java.util.List;

/// Whoever may need a dataset later says so here, as a bean.
public interface DatasetUse {

    /// The ids of the unfinished jobs that need this dataset. Asked within the transaction that would delete it.
    List<String> jobsNeeding(String datasetId);
}
