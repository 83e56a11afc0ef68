package dev.descent.training.trace;

import dev.descent.core.nn.Activation;
import java.util.ArrayList;
import java.util.List;

/// Activations and their slopes in TeX.
final class ActivationTex {

    private static final String SIGMOID = "\\frac{1}{1 + e^{-z}}";

    private ActivationTex() {}

    /// g(z).
    static String value(Activation g) {
        return switch (g) {
            case Activation.Identity _ -> "z";
            case Activation.Relu _ -> "\\max(z, 0)";
            case Activation.LeakyRelu leaky -> "\\max(z, 0) + " + Tex.number(leaky.slope()) + " \\min(z, 0)";
            case Activation.Relu6 _ -> "\\min(\\max(z, 0), 6)";
            case Activation.Elu elu -> cases("z", Tex.number(elu.alpha()) + " (e^z - 1)");
            case Activation.Selu _ -> cases("1.0507\\, z", "1.0507 \\cdot 1.67326\\, (e^z - 1)");
            case Activation.Sigmoid _ -> SIGMOID;
            case Activation.HardSigmoid _ -> "\\min(\\max(z / 6 + 1/2, 0), 1)";
            case Activation.Tanh _ -> "\\tanh z";
            case Activation.Softplus _ -> "\\log(1 + e^z)";
            case Activation.Softsign _ -> "\\frac{z}{1 + |z|}";
            case Activation.Gelu _ -> "z\\, \\Phi(z)";
            case Activation.GeluTanh _ ->
                "\\frac{z}{2}\\left(1 + \\tanh\\left(\\sqrt{2/\\pi}\\,(z + 0.044715\\, z^3)\\right)\\right)";
            case Activation.Swish _ -> "\\frac{z}{1 + e^{-z}}";
            case Activation.Mish _ -> "z \\tanh(\\log(1 + e^z))";
            case Activation.Sine _ -> "\\sin z";
            case Activation.Polynomial polynomial -> powers(polynomial.coefficients());
            case Activation.Softmax _ -> "\\frac{e^{z_i}}{\\sum_j e^{z_j}}";
        };
    }

    /// g'(z), where it can be said in terms of z and a = g(z).
    static String slope(Activation g) {
        return switch (g) {
            case Activation.Identity _ -> "1";
            case Activation.Relu _ -> "[z > 0]";
            case Activation.LeakyRelu leaky -> "[z > 0] + " + Tex.number(leaky.slope()) + " [z \\le 0]";
            case Activation.Relu6 _ -> "[0 < z < 6]";
            case Activation.Elu elu -> cases("1", "a + " + Tex.number(elu.alpha()));
            case Activation.Selu _ -> cases("1.0507", "a + 1.0507 \\cdot 1.67326");
            case Activation.Sigmoid _ -> "a (1 - a)";
            case Activation.HardSigmoid _ -> "\\tfrac{1}{6} [-3 < z < 3]";
            case Activation.Tanh _ -> "1 - a^2";
            case Activation.Softplus _ -> SIGMOID;
            case Activation.Softsign _ -> "\\frac{1}{(1 + |z|)^2}";
            case Activation.Gelu _ -> "\\Phi(z) + z\\, \\varphi(z)";
            case Activation.GeluTanh _ ->
                "\\sigma(2u) + z\\, 2 u' \\sigma(2u) (1 - \\sigma(2u)),\\; u = \\sqrt{2/\\pi}\\,(z + 0.044715\\, z^3)";
            case Activation.Swish _ -> "\\sigma(z) + a (1 - \\sigma(z))";
            case Activation.Mish _ -> "t + z (1 - t^2) \\sigma(z),\\; t = \\tanh(\\log(1 + e^z))";
            case Activation.Sine _ -> "\\cos z";
            case Activation.Polynomial polynomial -> powers(derived(polynomial.coefficients()));
            case Activation.Softmax _ -> "\\operatorname{diag}(a) - a a^{\\top}";
        };
    }

    /// Whether each entry of delta comes of the same entry of dJ/da alone.
    static boolean isElementwise(Activation g) {
        return !(g instanceof Activation.Softmax);
    }

    private static String cases(String positive, String negative) {
        return "\\begin{cases} " + positive + " & z > 0 \\\\ " + negative + " & z \\le 0 \\end{cases}";
    }

    private static List<Double> derived(List<Double> coefficients) {
        List<Double> derived = new ArrayList<>();
        for (int i = 1; i < coefficients.size(); i++) {
            derived.add(i * coefficients.get(i));
        }
        return derived;
    }

    private static String powers(List<Double> coefficients) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < coefficients.size(); i++) {
            if (coefficients.get(i) != 0) {
                String power = i == 0 ? "" : i == 1 ? " z" : " z^{" + i + "}";
                terms.add(Tex.factor(coefficients.get(i)) + power);
            }
        }
        return terms.isEmpty() ? "0" : String.join(" + ", terms);
    }
}
