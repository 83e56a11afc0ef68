package dev.descent.dataset;

import dev.descent.core.data.Generator;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which table to make; what is left out takes the generator's default.
record GenerateDataset(
        @Schema(
                description =
                        "`parabola`: columns one, x, y with y = x^2 + noise on [-10, 10]. `xor`: columns x1, x2, y, the four corners of a square in turn",
                allowableValues = {"parabola", "xor"},
                example = "parabola")
        String generator,

        @Schema(description = "The generator's name when left out", example = "parabola") @Nullable
        String name,

        @Schema(description = "1 to 10,000,000; 100 when left out", example = "100") @Nullable
        Integer rows,

        @Schema(description = "Standard deviation of the noise, at least 0; 0.1 when left out") @Nullable
        Double noise,

        @Schema(description = "As of NumPy's RandomState; 100 when left out", example = "100") @Nullable
        Long seed) {

    Generator toGenerator() {
        return switch (generator) {
            case "parabola" -> {
                Generator.Parabola usual = Generator.Parabola.DEFAULT;
                yield new Generator.Parabola(or(rows, usual.rows()), or(noise, usual.noise()), or(seed, usual.seed()));
            }
            case "xor" -> {
                Generator.Xor usual = Generator.Xor.DEFAULT;
                yield new Generator.Xor(or(rows, usual.rows()), or(noise, usual.noise()), or(seed, usual.seed()));
            }
            default -> {
                String message = "there is no generator of this name";
                throw new Refused(
                        "validation-failed",
                        "Validation failed",
                        message,
                        List.of(new Violation(
                                "/generator",
                                "unknown-variant",
                                message,
                                generator,
                                List.of("parabola", "xor"),
                                null,
                                null)));
            }
        };
    }

    String title() {
        return name == null ? generator : DatasetName.require("/name", name);
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Objects.requireNonNullElse(given, usual);
    }
}
