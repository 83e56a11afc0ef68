package dev.descent.core.optim;

import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Parameter;
import java.util.List;

/// [FlatVectors] in binary64. The build makes `Float32FlatVectors` of this file.
final class Float64FlatVectors implements FlatVectors {

    private final Parameter[] parameters;
    private final int[] offsets;
    private final int size;
    private final double[][] vectors;

    Float64FlatVectors(List<Parameter> parameters, int count) {
        this.parameters = parameters.toArray(Parameter[]::new);
        offsets = new int[this.parameters.length];
        int end = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end;
            end += this.parameters[i].size();
        }
        size = end;
        vectors = new double[count][size];
    }

    @Override
    public void readValues(int to) {
        for (int i = 0; i < offsets.length; i++) {
            read(parameters[i].value(), vectors[to], offsets[i]);
        }
    }

    @Override
    public void readGradients(int to) {
        for (int i = 0; i < offsets.length; i++) {
            read(parameters[i].gradient(), vectors[to], offsets[i]);
        }
    }

    @Override
    public void writeValues(int from, /**/ double factor, int direction) {
        double[] start = vectors[from];
        double[] step = vectors[direction];
        double by = (double) factor;
        for (int i = 0; i < offsets.length; i++) {
            Float64Matrix value = (Float64Matrix) parameters[i].value();
            double[] values = value.data();
            int at = offsets[i];
            for (int row = 0; row < value.rows(); row++) {
                for (int column = 0; column < value.columns(); column++) {
                    values[row * value.rowStride() + column * value.columnStride()] = start[at] + by * step[at];
                    at++;
                }
            }
        }
    }

    @Override
    public void scale(int to, /**/ double factor, int from) {
        double[] target = vectors[to];
        double[] source = vectors[from];
        double by = (double) factor;
        for (int i = 0; i < size; i++) {
            target[i] = by * source[i];
        }
    }

    @Override
    public void add(int to, /**/ double factor, int from) {
        double[] target = vectors[to];
        double[] source = vectors[from];
        double by = (double) factor;
        for (int i = 0; i < size; i++) {
            target[i] += by * source[i];
        }
    }

    @Override
    public /**/ double dot(int a, int b) {
        double[] left = vectors[a];
        double[] right = vectors[b];
        /**/ double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (/**/ double) left[i] * right[i];
        }
        return sum;
    }

    @Override
    public /**/ double largest(int a) {
        double most = 0;
        for (double value : vectors[a]) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }

    @Override
    public /**/ double absoluteSum(int a) {
        /**/ double sum = 0;
        for (double value : vectors[a]) {
            sum += Math.abs(value);
        }
        return sum;
    }

    @Override
    public void walk(StateWalk walk, String name, int a) {
        walk.numbers(name, a, vectors[a]);
    }

    @Override
    public Matrix entries(int a, Parameter parameter) {
        int at = 0;
        for (int i = 0; parameters[i] != parameter; i++) {
            at = offsets[i + 1];
        }
        Matrix value = parameter.value();
        Matrix copy = Matrix.create(value.precision(), value.rows(), value.columns(), Layout.BY_ROWS);
        for (int row = 0; row < copy.rows(); row++) {
            for (int column = 0; column < copy.columns(); column++) {
                copy.set(row, column, vectors[a][at++]);
            }
        }
        return copy;
    }

    private static void read(Matrix matrix, double[] to, int offset) {
        Float64Matrix from = (Float64Matrix) matrix;
        double[] values = from.data();
        int at = offset;
        for (int row = 0; row < from.rows(); row++) {
            for (int column = 0; column < from.columns(); column++) {
                to[at++] = values[row * from.rowStride() + column * from.columnStride()];
            }
        }
    }
}
