package dev.descent.training;

import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import dev.descent.core.train.DivergenceRemedy;
import dev.descent.core.train.EarlyStopping;
import org.jspecify.annotations.Nullable;

/// What a fork does otherwise than its parent; what is left out stays as it was.
///
/// @param step which of the parent's checkpoints it begins with, by the updates made; the latest when left out
/// @param epochs the length in all, what the parent had done included; or else `steps`
/// @param optimizer one of the same type goes on with the moments there are, another begins anew
record ForkRequest(
        @Nullable Long step,
        @Nullable String name,
        @Nullable Double epochs,
        @Nullable Double steps,
        @Nullable Optimizer optimizer,
        @Nullable Schedule schedule,
        @Nullable Regularization regularization,
        @Nullable GradientClipping gradientClipping,
        @Nullable EarlyStopping earlyStopping,
        @Nullable DivergenceRemedy onDivergence,
        @Nullable Integer threads,
        @Nullable Integer priority,
        @Nullable Long timeLimitSeconds) {}
