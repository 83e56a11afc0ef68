package dev.descent.core.lint;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Loss;
import java.util.Optional;

/// Finds targets outside what the last layer's activation can give, under a loss that compares them number by number.
public final class UnreachableTargets {

    /// Of the targets' range: noise may put a few a little outside.
    private static final double MARGIN = 0.05;

    private UnreachableTargets() {}

    /// Judges targets, as the loss gets them, from `minimum` to `maximum`.
    public static Optional<Diagnostic> judge(Loss loss, Activation output, int layer, double minimum, double maximum) {
        boolean compares =
                loss instanceof Loss.SquaredError || loss instanceof Loss.AbsoluteError || loss instanceof Loss.Huber;
        double least = least(output);
        double largest = largest(output);
        double margin = MARGIN * (maximum - minimum);
        boolean below = minimum < least - margin;
        boolean above = maximum > largest + margin;
        if (!compares || !(below || above)) {
            return Optional.empty();
        }
        String name = output.getClass().getSimpleName();
        String wire = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return Optional.of(new Diagnostic(
                Rule.LOSS_OUTPUT_MISMATCH,
                Severity.WARNING,
                0,
                layer,
                new Evidence()
                        .with("activation", wire)
                        .with("outputMinimum", least)
                        .with("outputMaximum", largest)
                        .with("targetMinimum", minimum)
                        .with("targetMaximum", maximum)
                        .found(),
                Evidence.format(
                        "the targets go from %.4g to %.4g; the last layer's %s gives nothing %s %.4g",
                        minimum, maximum, wire, below ? "below" : "above", below ? least : largest)));
    }

    private static double least(Activation output) {
        return switch (output) {
            case Activation.Relu _, Activation.Relu6 _, Activation.Softplus _ -> 0;
            case Activation.Sigmoid _, Activation.HardSigmoid _, Activation.Softmax _ -> 0;
            case Activation.Tanh _, Activation.Softsign _, Activation.Sine _ -> -1;
            case Activation.Elu elu -> -elu.alpha();
            case Activation.Selu _ -> -1.7580993408473766;
            case Activation.Gelu _, Activation.GeluTanh _ -> -0.17;
            case Activation.Swish _ -> -0.279;
            case Activation.Mish _ -> -0.309;
            case Activation.Identity _, Activation.LeakyRelu _, Activation.Polynomial _ -> Double.NEGATIVE_INFINITY;
        };
    }

    private static double largest(Activation output) {
        return switch (output) {
            case Activation.Sigmoid _, Activation.HardSigmoid _, Activation.Softmax _ -> 1;
            case Activation.Tanh _, Activation.Softsign _, Activation.Sine _ -> 1;
            case Activation.Relu6 _ -> 6;
            case Activation.Relu _,
                    Activation.Softplus _,
                    Activation.Elu _,
                    Activation.Selu _,
                    Activation.Gelu _,
                    Activation.GeluTanh _,
                    Activation.Swish _,
                    Activation.Mish _,
                    Activation.Identity _,
                    Activation.LeakyRelu _,
                    Activation.Polynomial _ -> Double.POSITIVE_INFINITY;
        };
    }
}
