package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;

/// A matrix that an optimizer keeps for a parameter from step to step, under its symbol in the optimizer's formula.
public record Slot(String symbol, Matrix value) {}
