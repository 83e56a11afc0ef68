package dev.descent.experiment;

import dev.descent.core.nn.Loss;
import dev.descent.core.optim.Regularization;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A slice of the loss surface, with every path on it.
@Schema(name = "LossSurface")
record SurfaceAnswer(
        @Schema(description = "The variant between whose ends the plane lies")
        String through,

        SurfaceObjective objective,
        SurfaceAxis x,
        SurfaceAxis y,

        @Schema(description = "The objective at each point of the grid: a row for each value of y, the least first")
        List<List<@Nullable Double>> losses,

        List<SurfacePath> paths,

        @Schema(description = "Variants that have no path on this plane")
        List<LeftOut> leftOut,

        @Schema(
                description =
                        "How much of the squared distances of all sampled weights from the start lies in the plane, 0 to 1; paths that diverged do not count")
        double explained,

        @Schema(description = "Numbers that are null above because they are not finite")
        List<NonFinitePlace> nonFinite) {

    @Schema(name = "SurfaceObjective", description = "What is measured: that of the variant the plane leads through")
    record SurfaceObjective(
            Loss loss,
            @Nullable Regularization regularization,

            @Schema(description = "The training rows, all of which it is taken over")
            long rows,

            @Schema(description = "Whose running statistics batch normalisations have on the grid; null without any")
            @Nullable
            String statistics) {}

    @Schema(
            name = "SurfaceAxis",
            description = "A direction of length 1 in the space of weights: coordinates are distances between weights")
    record SurfaceAxis(
            String direction,

            @Schema(description = "Of x the distance from start to end, of y the furthest a path strays along it")
            double norm,

            @Schema(
                    description =
                            "How much of the paths' squared deviations from the line through start and end lies along it, 0 to 1; of y, and null where no path strays")
            @Nullable
            Double share,

            @Schema(description = "Where the grid has its points")
            List<Double> values) {}

    @Schema(name = "SurfacePath")
    record SurfacePath(
            String name,
            String jobId,

            @Schema(description = "Updates made, from 0 to the last")
            List<Long> steps,

            @Schema(description = "Null where a path that diverged has gone too far to say")
            List<@Nullable Double> x,

            List<@Nullable Double> y,

            @Schema(description = "The objective at the weights themselves, not where they are seen on the plane")
            List<@Nullable Double> loss,

            @Schema(description = "How far off the plane the weights are")
            List<@Nullable Double> distance,

            @Schema(description = "Whether the run diverged; then plane and grid are made without it")
            boolean diverged) {}

    @Schema(name = "LeftOutVariant")
    record LeftOut(String name, String because) {}

    @Schema(name = "NonFinitePlace")
    record NonFinitePlace(
            @Schema(example = "/losses/0/40") String pointer,

            @Schema(allowableValues = {"NaN", "Infinity", "-Infinity"})
            String reason) {}
}
