/// Datasets: tables uploaded or generated, kept for training, shown and given back.
@NullMarked
package dev.descent.dataset;

import org.jspecify.annotations.NullMarked;
