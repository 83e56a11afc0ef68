package dev.descent.experiment;

import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import dev.descent.core.train.Batches;
import dev.descent.core.train.DivergenceRemedy;
import dev.descent.core.train.EarlyStopping;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one variant does otherwise than the job of its experiment; what is left out stays as it is there.
///
/// @param epochs in place of the job's epochs or steps
/// @param steps in place of the job's epochs or steps
/// @param network in place of the job's network or networkId
/// @param networkId in place of the job's network or networkId
/// @param seed draws other weights and dropout masks; the batches keep their order. Not where rows are held out, which
///     it would draw too
record Variant(
        @Schema(description = "1 to 64 characters, no comma and no quotation mark; no other variant has it")
        String name,

        @Nullable Optimizer optimizer,
        @Nullable Schedule schedule,
        @Nullable Batches batches,
        @Nullable Double epochs,
        @Nullable Double steps,
        @Nullable Loss loss,
        @Nullable Regularization regularization,
        @Nullable GradientClipping gradientClipping,
        @Nullable EarlyStopping earlyStopping,
        @Nullable DivergenceRemedy onDivergence,
        @Nullable NetworkSpec network,
        @Nullable String networkId,
        @Nullable List<LayerWeights> initialWeights,

        @Schema(description = "In place of the weight initializer of every dense layer; weights are drawn anew")
        @Nullable
        Initializer weightInitializer,

        @Nullable Long seed,
        @Nullable Precision precision,
        @Nullable Integer threads) {}
