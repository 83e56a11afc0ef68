package dev.descent.experiment;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the variants of an experiment have in common, bit by bit.
record Paired(
        @Schema(description = "Whether all variants begin with the same weights")
        Likeness weights,

        @Schema(description = "SHA-256 of the weights that all begin with; null where they differ") @Nullable
        String weightsSha256,

        @Schema(description = "Whether the same step of all variants sees the same rows")
        Likeness batchOrder,

        @Schema(description = "The seed of the batches' own stream, where they need one") @Nullable
        Long batchSeed,

        @Schema(description = "Whether the same step of all variants drops the same units; null without dropout")
        @Nullable
        Likeness dropoutMasks) {

    /// @param same to the last bit
    /// @param because what makes it so
    @Schema(name = "PairedLikeness")
    record Likeness(boolean same, String because) {}
}
