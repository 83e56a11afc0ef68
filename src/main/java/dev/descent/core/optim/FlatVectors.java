package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.List;

/// Numbered vectors that each hold a number for every entry of every parameter, in parameter order, row order and
/// one precision. Sums run in that order, in binary64.
interface FlatVectors {

    static FlatVectors create(Precision precision, List<Parameter> parameters, int count) {
        return switch (precision) {
            case FLOAT64 -> new Float64FlatVectors(parameters, count);
            case FLOAT32 -> new Float32FlatVectors(parameters, count);
        };
    }

    /// Vector `to` becomes the parameters' values.
    void readValues(int to);

    /// Vector `to` becomes the parameters' gradients.
    void readGradients(int to);

    /// The parameters become `from + factor * direction`.
    void writeValues(int from, double factor, int direction);

    /// Vector `to` becomes `factor * from`; both may be one.
    void scale(int to, double factor, int from);

    /// Vector `to` becomes `to + factor * from`.
    void add(int to, double factor, int from);

    double dot(int a, int b);

    double largest(int a);

    double absoluteSum(int a);

    /// Copies the entries of vector `a` that belong to `parameter`.
    Matrix entries(int a, Parameter parameter);

    /// Takes `walk` past vector `a`, which it calls by `name` and by its number.
    void walk(StateWalk walk, String name, int a);
}
