/// Trained models: what a job made, kept whole in one file for predictions.
@NullMarked
package dev.descent.model;

import org.jspecify.annotations.NullMarked;
