package dev.descent.experiment;

import dev.descent.training.compare.Settings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A setting of a variant that is not the job's.
///
/// @param job null where the job has none
/// @param variant null where the variant has none
@Schema(name = "VariantDifference")
record Difference(
        @Schema(description = "Where it stands in the job", example = "/optimizer/learningRate")
        String pointer,

        @Nullable Object job,

        @Schema(description = "In place of more than 100 numbers stands {\"numbers\": how many}") @Nullable
        Object variant) {

    static List<Difference> between(JsonNode job, JsonNode variant) {
        return Settings.differing(List.of(job, variant)).stream()
                .filter(setting -> !List.of("/name", "/batchSeed").contains(setting.pointer()))
                .map(setting -> new Difference(
                        setting.pointer(),
                        Settings.shown(setting.values().getFirst()),
                        Settings.shown(setting.values().getLast())))
                .toList();
    }
}
