package dev.descent.core.mistake;

import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Backpropagation as a student writes it, in loops of its own, with at most one mistake in it.
///
/// Shares no code with what it is held against. With `single` every result is rounded to binary32.
final class Student {

    enum G {
        IDENTITY(z -> z, z -> 1),
        SIGMOID(Student::sigmoid, z -> sigmoid(z) * (1 - sigmoid(z))),
        TANH(StrictMath::tanh, z -> 1 - StrictMath.tanh(z) * StrictMath.tanh(z)),
        RELU(z -> Math.max(z, 0), z -> z > 0 ? 1 : 0),
        LEAKY(z -> z > 0 ? z : 0.01 * z, z -> z > 0 ? 1 : 0.01),
        SOFTPLUS(z -> StrictMath.log1p(StrictMath.exp(z)), Student::sigmoid),
        SINE(StrictMath::sin, StrictMath::cos);

        final DoubleUnaryOperator value;
        final DoubleUnaryOperator slope;

        G(DoubleUnaryOperator value, DoubleUnaryOperator slope) {
            this.value = value;
            this.slope = slope;
        }
    }

    static final int EVERYWHERE = -1;

    final double[][][] w;
    final double[][] b;
    final G[] g;
    final Loss loss;
    final double[][] x;
    final double[][] y;
    boolean single;

    @Nullable
    Mistake mistake;

    int at;
    double rate = 0.1;

    final double[][][] in;
    final double[][][] z;
    final double[][][] a;
    final double[][][] delta;
    final double[][][] dw;
    final double[][][] db;
    final double[][][] dx;

    Student(double[][][] w, double[][] b, G[] g, Loss loss, double[][] x, double[][] y) {
        this.w = w;
        this.b = b;
        this.g = g;
        this.loss = loss;
        this.x = x;
        this.y = y;
        int layers = w.length;
        in = new double[layers][][];
        z = new double[layers][][];
        a = new double[layers][][];
        delta = new double[layers][][];
        dw = new double[layers][][];
        db = new double[layers][][];
        dx = new double[layers][][];
    }

    /// The same task, done with a mistake in one layer.
    Student wrong(@Nullable Mistake mistake, int at, double rate) {
        Student other = new Student(w, b, g, loss, x, y);
        other.mistake = mistake;
        other.at = at;
        other.rate = rate;
        return other.run();
    }

    Student inSinglePrecision() {
        Student other = new Student(w, b, g, loss, x, y);
        other.single = true;
        return other.run();
    }

    Student run() {
        forward();
        backward();
        return this;
    }

    private boolean errs(Mistake one, int layer) {
        return mistake == one && (layer == at || at == EVERYWHERE);
    }

    private void forward() {
        double[][] current = rounded(x);
        for (int l = 0; l < w.length; l++) {
            in[l] = current;
            z[l] = new double[x.length][w[l].length];
            a[l] = new double[x.length][w[l].length];
            for (int i = 0; i < x.length; i++) {
                for (int u = 0; u < w[l].length; u++) {
                    double sum = 0;
                    for (int k = 0; k < current[i].length; k++) {
                        sum = r(sum + r(current[i][k] * r(w[l][u][k])));
                    }
                    z[l][i][u] = errs(Mistake.MISSING_BIAS, l) ? sum : r(sum + r(b[l][u]));
                    a[l][i][u] =
                            errs(Mistake.MISSING_ACTIVATION, l) ? z[l][i][u] : r(g[l].value.applyAsDouble(z[l][i][u]));
                }
            }
            current = a[l];
        }
    }

    private void backward() {
        double[][] gradient = outputGradient();
        for (int l = w.length - 1; l >= 0; l--) {
            int n = x.length;
            int units = w[l].length;
            delta[l] = new double[n][units];
            for (int i = 0; i < n; i++) {
                for (int u = 0; u < units; u++) {
                    delta[l][i][u] = r(gradient[i][u] * slope(l, i, u)) * factor(l);
                }
            }
            double[][] paired = paired(l);
            dw[l] = new double[units][paired[0].length];
            db[l] = new double[1][units];
            for (int i = first(l); i < last(l); i++) {
                for (int u = 0; u < units; u++) {
                    for (int k = 0; k < paired[0].length; k++) {
                        dw[l][u][k] = r(dw[l][u][k] + r(delta[l][i][u] * paired[i][k]));
                    }
                    db[l][0][u] = r(db[l][0][u] + delta[l][i][u]);
                }
            }
            if (errs(Mistake.NOT_SUMMED, l)) {
                db[l] = delta[l];
            }
            if (errs(Mistake.SUMMED_OVER_UNITS, l)) {
                db[l] = new double[1][n];
                for (int i = 0; i < n; i++) {
                    for (int u = 0; u < units; u++) {
                        db[l][0][i] += delta[l][i][u];
                    }
                }
            }
            double[][] weights = new double[units][in[l][0].length];
            for (int u = 0; u < units; u++) {
                for (int k = 0; k < weights[u].length; k++) {
                    weights[u][k] = errs(Mistake.STALE_WEIGHTS, l)
                            ? w[l][u][k] - rate * dw[l][u][k]
                            : errs(Mistake.TRANSPOSED_WEIGHTS, l) ? w[l][k][u] : r(w[l][u][k]);
                }
            }
            dx[l] = new double[n][weights[0].length];
            for (int i = 0; i < n; i++) {
                for (int u = 0; u < units; u++) {
                    for (int k = 0; k < weights[0].length; k++) {
                        dx[l][i][k] = r(dx[l][i][k] + r(delta[l][i][u] * weights[u][k]));
                    }
                }
            }
            if (errs(Mistake.TRANSPOSED, l)) {
                double[][] turned = new double[dw[l][0].length][units];
                for (int u = 0; u < units; u++) {
                    for (int k = 0; k < turned.length; k++) {
                        turned[k][u] = dw[l][u][k];
                    }
                }
                dw[l] = turned;
            }
            gradient = dx[l];
        }
    }

    private int first(int layer) {
        return errs(Mistake.LAST_ROW, layer) ? x.length - 1 : 0;
    }

    private int last(int layer) {
        return errs(Mistake.FIRST_ROW, layer) ? 1 : x.length;
    }

    private double factor(int layer) {
        if (mistake == null || !errs(mistake, layer)) {
            return 1;
        }
        double n = x.length;
        double outputs = y[0].length;
        boolean softmax = loss instanceof Loss.SoftmaxCrossEntropy;
        return switch (mistake) {
            case FACTOR_TWO -> 2;
            case HALF -> 0.5;
            case SUMMED -> softmax ? n : n * outputs;
            case AVERAGED, AVERAGED_TWICE -> 1 / n;
            case WRONG_AVERAGE -> softmax ? 1 / outputs : outputs;
            case WRONG_SIGN -> -1;
            default -> 1;
        };
    }

    private double slope(int l, int i, int u) {
        if (errs(Mistake.MISSING_SLOPE, l)) {
            return 1;
        }
        if (errs(Mistake.SLOPE_OF_ACTIVATION, l)) {
            return g[l].slope.applyAsDouble(a[l][i][u]);
        }
        if (errs(Mistake.SLOPE_OF_PRE_ACTIVATION, l)) {
            double at = z[l][i][u];
            return g[l] == G.TANH ? 1 - at * at : at * (1 - at);
        }
        return r(g[l].slope.applyAsDouble(z[l][i][u]));
    }

    private double[][] paired(int l) {
        if (errs(Mistake.ACTIVATION_OF_THIS_LAYER, l)) {
            return a[l];
        }
        if (errs(Mistake.PRE_ACTIVATION_INPUT, l)) {
            return z[l - 1];
        }
        return errs(Mistake.INPUT_OF_ANOTHER_LAYER, l) ? in[l - 1] : in[l];
    }

    private double[][] outputGradient() {
        int last = w.length - 1;
        double[][] out = a[last];
        double[][] gradient = new double[out.length][out[0].length];
        for (int i = 0; i < out.length; i++) {
            double[] p = probabilities(out[i]);
            boolean softmax = loss instanceof Loss.SoftmaxCrossEntropy;
            double terms = loss.reduction() == Reduction.SUM ? 1 : softmax ? out.length : out.length * p.length;
            for (int j = 0; j < p.length; j++) {
                double difference = r((errs(Mistake.RAW_OUTPUT, last) ? out[i][j] : p[j]) - r(y[i][j]));
                double slope = loss instanceof Loss.SquaredError ? 2 * difference : difference;
                if (errs(Mistake.SLOPE_OF_FUSED_LOSS, last)) {
                    slope *= p[j] * (1 - p[j]);
                }
                gradient[i][j] = r(loss.scale() * slope / terms);
            }
        }
        return gradient;
    }

    private double[] probabilities(double[] out) {
        double[] p = out.clone();
        switch (loss) {
            case Loss.BinaryCrossEntropy _ -> {
                for (int j = 0; j < p.length; j++) {
                    p[j] = r(sigmoid(out[j]));
                }
            }
            case Loss.SoftmaxCrossEntropy _ -> {
                double sum = 0;
                for (int j = 0; j < p.length; j++) {
                    p[j] = r(StrictMath.exp(out[j]));
                    sum = r(sum + p[j]);
                }
                for (int j = 0; j < p.length; j++) {
                    p[j] = r(p[j] / sum);
                }
            }
            default -> {}
        }
        return p;
    }

    /// What the student sends: z, a, delta and dx only where asked for.
    Answers answers(boolean forward, boolean deltas, boolean biases) {
        List<Answers.Layer> layers = new ArrayList<>();
        for (int l = 0; l < w.length; l++) {
            layers.add(new Answers.Layer(
                    forward ? z[l] : null,
                    forward ? a[l] : null,
                    deltas ? delta[l] : null,
                    dw[l],
                    biases ? db[l] : null,
                    deltas ? dx[l] : null));
        }
        return new Answers(null, layers);
    }

    private double r(double value) {
        return single ? (float) value : value;
    }

    private double[][] rounded(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = new double[rows[i].length];
            for (int j = 0; j < copy[i].length; j++) {
                copy[i][j] = r(rows[i][j]);
            }
        }
        return copy;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + StrictMath.exp(-z));
    }
}
