package dev.descent.training.series;

import dev.descent.drawing.Axis;
import dev.descent.drawing.Line;
import dev.descent.drawing.LineChart;
import dev.descent.drawing.LongLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws the losses of some jobs on common axes; of any length, in little memory.
final class LossPicture {

    private final CurveScale scale;
    private final List<Line> lines = new ArrayList<>();
    private final double end;

    LossPicture(CurveScale scale, List<LossCurve> curves) {
        this.scale = scale;
        end = curves.stream().mapToLong(LossCurve::lastStep).max().orElse(0);
    }

    /// A line of training losses, and one of validation losses where there are some.
    void add(LossCurve curve, String training, String validation) {
        var trainingLine = new LongLine(training, 0, end);
        var validationLine = new LongLine(validation, 0, end);
        LossCurve.Cursor cursor = curve.new Cursor();
        for (long step = cursor.step(); step != LossCurve.END; step = cursor.step()) {
            add(trainingLine, step, curve.trainingLossAt(step));
            add(validationLine, step, curve.validationLossAt(step));
            cursor.next();
        }
        lines.add(trainingLine.line());
        if (curve.hasValidation()) {
            lines.add(validationLine.line());
        }
    }

    private static void add(LongLine line, long step, @Nullable Double loss) {
        if (loss != null) {
            line.add(step, loss);
        }
    }

    LineChart chart(String title) {
        return new LineChart(title, Axis.linear("step"), scale.axis("loss"), lines);
    }
}
