package dev.descent.dataset;

import dev.descent.core.data.Generator;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which table to make; what is left out takes the generator's default.
public record GenerateDataset(
        @Schema(
                description =
                        "`parabola`: columns one, x, y with y = x^2 + noise on [-10, 10]. `sine`: x, y with y = sin x + noise on [-pi, pi]. `regression`: x, y, a cloud of points stretched along a line. Columns x1, x2, y: `xor`, the four corners of a square in turn; `moons`, two half circles; `circles`, one in another",
                allowableValues = {"parabola", "sine", "regression", "xor", "moons", "circles"},
                example = "parabola")
        String generator,

        @Schema(description = "The generator's name when left out", example = "parabola") @Nullable
        String name,

        @Schema(
                description =
                        "1 to 10,000,000 (`regression`: 1,000,000). When left out 100; `sine` 2000, `regression` 1000, `moons` and `circles` 200",
                example = "100")
        @Nullable
        Integer rows,

        @Schema(
                description =
                        "Standard deviation of the noise, at least 0. When left out 0.1; `sine` 0, `regression` 1 (of the cloud)")
        @Nullable
        Double noise,

        @Schema(description = "As of NumPy's RandomState. When left out 100; `regression` 170", example = "100")
        @Nullable
        Long seed) {

    private static final List<String> GENERATORS = List.of("parabola", "sine", "regression", "xor", "moons", "circles");

    private interface Maker {
        Generator make(int rows, double noise, long seed);
    }

    private Generator make(Generator usual, Maker maker) {
        return maker.make(or(rows, usual.rows()), or(noise, usual.noise()), or(seed, usual.seed()));
    }

    Generator toGenerator() {
        return switch (generator) {
            case "parabola" -> make(Generator.Parabola.DEFAULT, Generator.Parabola::new);
            case "sine" -> make(Generator.Sine.DEFAULT, Generator.Sine::new);
            case "regression" -> make(Generator.Regression.DEFAULT, Generator.Regression::new);
            case "xor" -> make(Generator.Xor.DEFAULT, Generator.Xor::new);
            case "moons" -> make(Generator.Moons.DEFAULT, Generator.Moons::new);
            case "circles" -> make(Generator.Circles.DEFAULT, Generator.Circles::new);
            default -> {
                String message = "there is no generator of this name";
                throw new Refused(
                        "validation-failed",
                        "Validation failed",
                        message,
                        List.of(new Violation(
                                "/generator", "unknown-variant", message, generator, GENERATORS, null, null)));
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
