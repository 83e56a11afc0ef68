package dev.descent.core.optim;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;

/// Parameters that belong to no network.
final class Parameters {

    private Parameters() {}

    /// These values, with a gradient of zeros.
    static Parameter of(Precision precision, Layout layout, double[][] values) {
        Matrix value = Matrix.create(precision, values.length, values[0].length, layout);
        value.copy(Matrix.of(precision, values));
        return new Parameter(
                Parameter.Role.WEIGHTS, value, Matrix.create(precision, values.length, values[0].length, layout));
    }
}
