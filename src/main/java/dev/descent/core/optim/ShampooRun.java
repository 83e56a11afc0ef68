package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// [Optimizer.Shampoo] at work, in binary64 whatever the precision of the parameters.
final class ShampooRun implements UpdateRun {

    private final Optimizer.Shampoo rule;
    private final List<Preconditioned> parameters = new ArrayList<>();
    private long steps;

    ShampooRun(Optimizer.Shampoo rule, List<Parameter> parameters) {
        this.rule = rule;
        for (Parameter parameter : parameters) {
            this.parameters.add(new Preconditioned(parameter, rule.epsilon()));
        }
    }

    /// Numbers that are kept for a parameter of this shape.
    static long numbersKept(long rows, long columns) {
        return 3 * rows * columns + 4 * (rows * rows + columns * columns);
    }

    /// Those of them that the next step depends on.
    static long numbersRemembered(long rows, long columns) {
        return 2 * (rows * rows + columns * columns);
    }

    @Override
    public void step(double learningRate, double objective, Closure closure) {
        boolean renew = steps++ % rule.every() == 0;
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).step(learningRate, rule, renew);
        }
    }

    @Override
    public void walk(StateWalk walk) {
        steps = walk.integer("optimizer.step", steps, 0, Long.MAX_VALUE);
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).left.walk(walk, 2 * i);
            parameters.get(i).right.walk(walk, 2 * i + 1);
        }
    }

    @Override
    public List<Slot> slots(Parameter parameter) {
        List<Slot> kept = new ArrayList<>();
        for (Preconditioned one : parameters) {
            if (one.value == parameter.value()) {
                if (one.rows > 1) {
                    kept.add(new Slot("L", Dense.copy(one.left.seen, one.rows)));
                    kept.add(new Slot("rootL", Dense.copy(one.left.root, one.rows)));
                }
                kept.add(new Slot("R", Dense.copy(one.right.seen, one.columns)));
                kept.add(new Slot("rootR", Dense.copy(one.right.root, one.columns)));
            }
        }
        return kept;
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("t", (double) steps);
    }

    /// A parameter (rows x columns) with what has been seen of its gradients.
    private static final class Preconditioned {

        private final Matrix value;
        private final Matrix gradient;
        private final int rows;
        private final int columns;
        private final double[] g;
        private final double[] update;
        private final Side right;
        private final double[] half;
        private final Side left; // of a row vector: not used

        Preconditioned(Parameter parameter, double epsilon) {
            value = parameter.value();
            gradient = parameter.gradient();
            rows = value.rows();
            columns = value.columns();
            g = new double[rows * columns];
            update = new double[rows * columns];
            half = new double[rows * columns];
            left = new Side(rows, epsilon);
            right = new Side(columns, epsilon);
        }

        void step(double learningRate, Optimizer.Shampoo rule, boolean renew) {
            boolean row = rows == 1;
            Dense.read(gradient, g, columns);
            if (rule.weightDecay() > 0) {
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        g[i * columns + j] += rule.weightDecay() * value.get(i, j);
                    }
                }
            }
            Dense.addSquare(g, right.seen, rows, columns, 1, 1);
            if (!row) {
                Dense.addOuterSquare(g, left.seen, rows, columns);
            }
            if (renew) {
                right.renew(!row, rule.epsilon());
                if (!row) {
                    left.renew(true, rule.epsilon());
                }
            }
            Dense.multiply(g, right.root, half, rows, columns, columns);
            if (row) {
                System.arraycopy(half, 0, update, 0, columns);
            } else {
                Dense.multiply(left.root, half, update, rows, rows, columns);
            }
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    value.set(i, j, value.get(i, j) - learningRate * update[i * columns + j]);
                }
            }
        }
    }

    /// The sum of squares along one dimension of a parameter, and its inverse root.
    private static final class Side {

        private final double[] seen;
        private final double[] root;
        private final SymmetricEigen eigen;

        Side(int size, double epsilon) {
            seen = new double[size * size];
            root = new double[size * size];
            eigen = new SymmetricEigen(size);
            for (int i = 0; i < size; i++) {
                seen[i * size + i] = epsilon;
            }
        }

        void walk(StateWalk walk, int index) {
            walk.numbers("optimizer.seen", index, seen);
            walk.numbers("optimizer.root", index, root);
        }

        void renew(boolean fourth, double epsilon) {
            eigen.inverseRoot(seen, fourth, epsilon, root);
        }
    }
}
