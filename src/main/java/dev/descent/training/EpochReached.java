package dev.descent.training;

import dev.descent.core.train.Epoch;
import org.jspecify.annotations.Nullable;

/// The data of the event `epoch`: an epoch that has ended, counted from 1. Of several a second the last is told.
///
/// @param trainingLoss mean of the epoch's batch losses; null when it is not a finite number
/// @param validationLoss null without held-out rows, or when it is not a finite number
/// @param reason why a loss is null although there is one
record EpochReached(
        long epoch,
        long epochs,
        long step,
        @Nullable Double trainingLoss,
        @Nullable Double validationLoss,
        @Nullable String reason) {

    static EpochReached of(Epoch epoch, long epochs, boolean validated) {
        String reason = NonFinite.reason(epoch.trainingLoss());
        if (reason == null && validated) {
            reason = NonFinite.reason(epoch.validationLoss());
        }
        return new EpochReached(
                epoch.index() + 1,
                epochs,
                epoch.steps(),
                NonFinite.orNull(epoch.trainingLoss()),
                NonFinite.orNull(epoch.validationLoss()),
                reason);
    }
}
