package dev.descent.training.compare;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the weights of two jobs part, if they do.
@Schema(name = "Parting", description = "Where the weights of two jobs part, found by taking their steps again")
record Parting(
        @Schema(description = "The first of the jobs compared, and another")
        List<String> jobIds,

        @Schema(
                description =
                        "parted: at step. same: never, the runs end together. ended: not before one of the runs ends. stepLimit, timeLimit: not within searchedSteps, where the search ended. differentShapes: the networks have no weights to compare. noData, noBeginning, noMemory: the steps cannot be taken again",
                allowableValues = {
                    "parted",
                    "same",
                    "ended",
                    "stepLimit",
                    "timeLimit",
                    "differentShapes",
                    "noData",
                    "noBeginning",
                    "noMemory"
                })
        String outcome,

        @Schema(description = "The same in words") String message,

        @Schema(
                description =
                        "The first step, counted from 0, that begins with different weights: /weights and a trace of this step show them. 0: the initial weights")
        @Nullable
        Long step,

        @Schema(description = "The step whose update set them apart; null for the initial weights") @Nullable
        Long update,

        @Schema(description = "How often the first job had diverged and begun again by then")
        long round,

        @Schema(
                description =
                        "How many steps both have in common because one was forked from the other, or both from a third: the search begins there")
        long commonSteps,

        @Schema(description = "How many steps of both were taken again and compared")
        long searchedSteps,

        @Schema(description = "The first number, in layer order, that differs then") @Nullable
        FirstDifference firstDifference,

        @Schema(
                description =
                        "Settings of the second job each of which, put alone into the first job, sets it apart at this very step. Empty where none does alone")
        List<String> causes,

        @Schema(description = "The first job, trained again with one setting of the second, one replay each")
        List<SingleSettingReplay> singleSettingReplays) {

    /// A job with one setting of another.
    @Schema(name = "SingleSettingReplay")
    record SingleSettingReplay(
            @Schema(description = "What was taken from the second job; two where they go together")
            List<String> settings,

            @Schema(
                    description =
                            "The step at which this parts from the first job; null where it has not by the step at which the jobs part")
            @Nullable
            Long step,

            @Schema(description = "Whether that is the very step at which the jobs part")
            boolean cause,

            @Schema(
                    description =
                            "Whether the first number that differs, and its value, are those of the second job, too")
            boolean same,

            @Schema(description = "Why there was no replay; null where there was") @Nullable
            String problem) {}

    static Parting without(List<String> jobIds, String outcome, String message) {
        return new Parting(jobIds, outcome, message, null, null, 0, 0, 0, null, List.of(), List.of());
    }

    /// The same search, which came to the end of a job.
    Parting ended(String message) {
        return new Parting(
                jobIds, "ended", message, null, null, round, commonSteps, searchedSteps, null, List.of(), List.of());
    }

    Parting caused(List<SingleSettingReplay> replays) {
        List<String> causes = replays.stream()
                .filter(SingleSettingReplay::cause)
                .flatMap(replay -> replay.settings().stream())
                .toList();
        return new Parting(
                jobIds,
                outcome,
                message,
                step,
                update,
                round,
                commonSteps,
                searchedSteps,
                firstDifference,
                causes,
                replays);
    }
}
