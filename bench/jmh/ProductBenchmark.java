package dev.descent.bench;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.linalg.Team;
import dev.descent.core.random.NumpyRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The three products of a dense layer of the shape `rows x inputs x units`, with vectors and without.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProductBenchmark {

    @Param({"100x2x4", "100x784x100", "256x1024x1024"})
    public String shape;

    @Param({"FLOAT32", "FLOAT64"})
    public Precision precision;

    @Param({"true", "false"})
    public boolean vectors;

    @Param("1")
    public int threads;

    private Team team;
    private Products products;
    private Matrix x;
    private Matrix w;
    private Matrix d;
    private Matrix z;
    private Matrix y;
    private Matrix g;

    @Setup
    public void create() {
        String[] sizes = shape.split("x");
        int rows = Integer.parseInt(sizes[0]);
        int inputs = Integer.parseInt(sizes[1]);
        int units = Integer.parseInt(sizes[2]);
        NumpyRandom random = new NumpyRandom(1);
        team = Team.of(threads);
        products = Products.of(precision, team, vectors);
        x = random(Matrix.create(precision, rows, inputs), random);
        w = random(Matrix.create(precision, units, inputs, Layout.BY_ROWS), random);
        d = random(Matrix.create(precision, rows, units, Layout.BY_COLUMNS), random);
        z = Matrix.create(precision, rows, units, Layout.BY_COLUMNS);
        y = Matrix.create(precision, rows, inputs, Layout.BY_COLUMNS);
        g = Matrix.create(precision, units, inputs, Layout.BY_ROWS);
    }

    @TearDown
    public void close() {
        team.close();
    }

    @Benchmark
    public Matrix forward() {
        products.multiplyTransposed(x, w, z);
        return z;
    }

    @Benchmark
    public Matrix inputGradient() {
        products.multiply(d, w, y);
        return y;
    }

    @Benchmark
    public Matrix weightGradient() {
        products.transposedMultiply(d, x, g);
        return g;
    }

    private static Matrix random(Matrix matrix, NumpyRandom random) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, random.randn());
            }
        }
        return matrix;
    }
}
