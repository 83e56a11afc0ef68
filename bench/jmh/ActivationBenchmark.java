package dev.descent.bench;

import dev.descent.core.linalg.Float32Elementwise;
import dev.descent.core.linalg.Float64Elementwise;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The functions that activations are made of, on 4096 numbers between -8 and 8.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ActivationBenchmark {

    private static final int SIZE = 4096;

    /// One of those of [Float64Elementwise].
    public enum Function {
        SIGMOID,
        TANH,
        EXP,
        SOFTPLUS,
        NORMAL_CDF,
        SINE
    }

    @Param
    public Function function;

    private final double[] x64 = new double[SIZE];
    private final double[] y64 = new double[SIZE];
    private final float[] x32 = new float[SIZE];
    private final float[] y32 = new float[SIZE];
    private final double[] spare64 = new double[SIZE];
    private final float[] spare32 = new float[SIZE];

    @Setup
    public void fill() {
        for (int i = 0; i < SIZE; i++) {
            x64[i] = 16.0 * i / SIZE - 8;
            x32[i] = (float) x64[i];
        }
    }

    @Benchmark
    public double[] float64() {
        switch (function) {
            case SIGMOID -> Float64Elementwise.sigmoid(x64, 0, y64, 0, SIZE);
            case TANH -> Float64Elementwise.tanh(x64, 0, y64, 0, SIZE);
            case EXP -> Float64Elementwise.exp(x64, 0, y64, 0, SIZE);
            case SOFTPLUS -> Float64Elementwise.softplus(x64, 0, y64, 0, SIZE);
            case NORMAL_CDF -> Float64Elementwise.normalCdf(x64, 0, y64, 0, SIZE, spare64);
            case SINE -> Float64Elementwise.sin(x64, 0, y64, 0, SIZE);
        }
        return y64;
    }

    @Benchmark
    public float[] float32() {
        switch (function) {
            case SIGMOID -> Float32Elementwise.sigmoid(x32, 0, y32, 0, SIZE);
            case TANH -> Float32Elementwise.tanh(x32, 0, y32, 0, SIZE);
            case EXP -> Float32Elementwise.exp(x32, 0, y32, 0, SIZE);
            case SOFTPLUS -> Float32Elementwise.softplus(x32, 0, y32, 0, SIZE);
            case NORMAL_CDF -> Float32Elementwise.normalCdf(x32, 0, y32, 0, SIZE, spare32);
            case SINE -> Float32Elementwise.sin(x32, 0, y32, 0, SIZE);
        }
        return y32;
    }
}
