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
                        "`parabola`: columns one, x, y with y = x^2 + noise on [-10, 10]. `sine`: x, y with y = sin x + noise on [-pi, pi]. `regression`: x, y, a cloud of points stretched along a line. Columns x1, x2, y: `xor`, the four corners of a square in turn; `moons`, two half circles; `circles`, one in another; `blobs`, a round cloud a class; `spiral`, an arm a class",
                allowableValues = {"parabola", "sine", "regression", "xor", "moons", "circles", "blobs", "spiral"},
                example = "parabola")
        String generator,

        @Schema(description = "The generator's name when left out", example = "parabola") @Nullable
        String name,

        @Schema(
                description =
                        "1 to 10,000,000 (`regression`: 1,000,000). When left out 100; `sine` 2000, `regression` 1000, `moons` and `circles` 200, `blobs` and `spiral` 300",
                example = "100")
        @Nullable
        Integer rows,

        @Schema(
                description =
                        "Standard deviation of the noise, at least 0. When left out 0.1; `sine` 0, `regression` and `blobs` 1 (of the clouds), `spiral` 0.2 (of the angle, in radians)")
        @Nullable
        Double noise,

        @Schema(description = "As of NumPy's RandomState. When left out 100; `regression` 170", example = "100")
        @Nullable
        Long seed,

        @Schema(description = "Of `blobs` and `spiral`, 2 to 10; 3 when left out", example = "3") @Nullable
        Integer classes) {

    private static final List<String> GENERATORS =
            List.of("parabola", "sine", "regression", "xor", "moons", "circles", "blobs", "spiral");

    private interface Maker {
        Generator make(int rows, double noise, long seed);
    }

    private interface ClassMaker {
        Generator make(int rows, double noise, long seed, int classes);
    }

    private Generator make(Generator usual, int usualClasses, ClassMaker maker) {
        int wanted = or(classes, usualClasses);
        return maker.make(or(rows, usual.rows()), or(noise, usual.noise()), or(seed, usual.seed()), wanted);
    }

    private Generator make(Generator usual, Maker maker) {
        if (classes != null) {
            String message = generator + " has no choice of classes; blobs and spiral have";
            throw refusal(message, new Violation("/classes", "not-applicable", message, classes));
        }
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
            case "blobs" -> make(Generator.Blobs.DEFAULT, Generator.Blobs.DEFAULT.classes(), Generator.Blobs::new);
            case "spiral" -> make(Generator.Spiral.DEFAULT, Generator.Spiral.DEFAULT.classes(), Generator.Spiral::new);
            default -> {
                String message = "there is no generator of this name";
                throw refusal(
                        message,
                        new Violation("/generator", "unknown-variant", message, generator, GENERATORS, null, null));
            }
        };
    }

    private static Refused refusal(String message, Violation violation) {
        return new Refused("validation-failed", "Validation failed", message, List.of(violation));
    }

    String title() {
        return name == null ? generator : DatasetName.require("/name", name);
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Objects.requireNonNullElse(given, usual);
    }
}
