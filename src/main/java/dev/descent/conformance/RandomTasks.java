package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.vector;

import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/// The streams of NumPy's `RandomState`, call after call.
final class RandomTasks {

    private static final String FILE = "numpy-legacy-rng.json";

    private RandomTasks() {}

    static List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode stream : ReferenceNumbers.read(FILE).get("cases")) {
            long seed = stream.get("seed").longValue();
            tasks.add(new Task(
                    "random/" + seed,
                    FILE,
                    "what RandomState(" + seed + ") draws, call after call",
                    "NumPy",
                    (parts, goesOn) -> {
                        Numbers numbers = parts.add("draws", Digits.EXACT, 0);
                        var random = new NumpyRandom(seed);
                        for (JsonNode draw : stream.get("draws")) {
                            String call = draw.get("call").stringValue();
                            double[] expected = vector(draw.get("values"));
                            numbers.compare(call, draw(random, call, expected.length), expected);
                        }
                    }));
        }
        return tasks;
    }

    private static double[] draw(NumpyRandom random, String call, int size) {
        return switch (call) {
            case "randn(7)", "randn(1)" -> draw(size, random::randn);
            case "randint(100, size=8)" -> draw(size, () -> random.randint(100));
            case "randint(3, size=6)" -> draw(size, () -> random.randint(3));
            case "uniform(-10, 10, 4)" -> draw(size, () -> random.uniform(-10, 10));
            case "choice(100, 20)" -> numbers(random.choice(100, 20));
            case "permutation(10)" -> numbers(random.permutation(10));
            case "random_sample(3)" -> draw(size, random::randomSample);
            case "normal(2.0, 0.5, 3)" -> draw(size, () -> random.normal(2.0, 0.5));
            case "random_sample(5000), dropped; then random_sample(3)" -> {
                draw(5000, random::randomSample);
                yield draw(size, random::randomSample);
            }
            default -> throw new IllegalStateException("a call that nobody translates: " + call);
        };
    }

    private static double[] draw(int size, DoubleSupplier next) {
        return DoubleStream.generate(next).limit(size).toArray();
    }

    private static double[] numbers(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
