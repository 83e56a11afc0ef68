package dev.descent.training.trace;

import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Slot;
import dev.descent.core.train.StepTrace;
import java.util.ArrayList;
import java.util.List;

/// What an optimizer does to the first entry of a parameter, line by line in TeX: its formula, and the
/// same with the numbers of a step.
final class UpdateTex {

    private final Optimizer rule;
    private final String label;
    private final StepTrace.Trained parameter;
    private final double rate;
    private final double t;
    private final double w;
    private final List<String> lines = new ArrayList<>();

    private UpdateTex(Optimizer rule, String label, StepTrace.Trained parameter, double rate, double t) {
        this.rule = rule;
        this.label = label;
        this.parameter = parameter;
        this.rate = rate;
        this.t = t;
        w = parameter.before().get(0, 0);
    }

    /// @param label what the entry is called
    /// @param rate the step's learning rate
    /// @param t the optimizer's own number of this name, after the step
    static List<String> lines(Optimizer rule, String label, StepTrace.Trained parameter, double rate, double t) {
        var update = new UpdateTex(rule, label, parameter, rate, t);
        update.write();
        return update.lines;
    }

    private void write() {
        switch (rule) {
            case Optimizer.Sgd sgd -> {
                double g = gradient(sgd.weightDecay());
                step("\\eta\\, g", n(rate) + " \\cdot " + p(g));
            }
            case Optimizer.Momentum momentum -> {
                double g = gradient(momentum.weightDecay());
                velocity(momentum.momentum(), g);
                step("\\eta\\, v", n(rate) + " \\cdot " + p(after("v")));
            }
            case Optimizer.Nesterov nesterov -> {
                double g = gradient(nesterov.weightDecay());
                velocity(nesterov.momentum(), g);
                step(
                        "\\eta\\, (g + \\mu v)",
                        n(rate) + " (" + n(g) + " + " + n(nesterov.momentum()) + " \\cdot " + p(after("v")) + ")");
            }
            case Optimizer.RmsProp rmsProp -> rmsProp(rmsProp);
            case Optimizer.Adagrad adagrad -> {
                double g = gradient(adagrad.weightDecay());
                line("s", "s + g^2", n(before("s")) + " + " + Tex.square(g), after("s"));
                step(
                        "\\eta\\, \\frac{g}{\\sqrt{s} + \\epsilon}",
                        n(rate) + "\\, " + over(n(g), root(after("s"), adagrad.epsilon())));
            }
            case Optimizer.Adadelta adadelta -> adadelta(adadelta);
            case Optimizer.Adam adam -> {
                moments(gradient(adam.weightDecay()), adam.beta1(), adam.beta2());
                adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), "v");
            }
            case Optimizer.AmsGrad adam -> {
                moments(gradient(adam.weightDecay()), adam.beta1(), adam.beta2());
                line("u", "\\max(u, v)", "\\max(" + n(before("u")) + ", " + n(after("v")) + ")", after("u"));
                adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), "u");
            }
            case Optimizer.AdamW adam -> {
                double g = gradient(0);
                if (adam.weightDecay() > 0) {
                    lines.add(
                            label + " \\leftarrow (1 - \\eta \\lambda)\\, " + label + " = (1 - " + n(rate) + " \\cdot "
                                    + n(adam.weightDecay()) + ") \\cdot " + p(w) + " = "
                                    + n((1 - rate * adam.weightDecay()) * w));
                }
                moments(g, adam.beta1(), adam.beta2());
                adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), "v");
            }
            case Optimizer.Adamax adamax -> {
                double g = gradient(adamax.weightDecay());
                mean("m", "g", g, adamax.beta1(), "\\beta_1");
                line(
                        "u",
                        "\\max(\\beta_2 u, |g| + \\epsilon)",
                        "\\max(" + n(adamax.beta2()) + " \\cdot " + n(before("u")) + ", " + n(Math.abs(g)) + " + "
                                + n(adamax.epsilon()) + ")",
                        after("u"));
                step(
                        "\\frac{\\eta}{1 - \\beta_1^t} \\frac{m}{u}",
                        over(n(rate), corrected(adamax.beta1())) + " \\cdot " + over(n(after("m")), n(after("u"))));
            }
            case Optimizer.Nadam nadam -> {
                moments(gradient(nadam.weightDecay()), nadam.beta1(), nadam.beta2());
                result(
                        "\\eta \\left( \\frac{1 - \\mu_t}{1 - \\mu_1 \\cdots \\mu_t}\\, g + \\frac{\\mu_{t+1}}{1 - \\mu_1"
                                + " \\cdots \\mu_t\\, \\mu_t\\, \\mu_{t+1}}\\, m \\right) \\Big/ \\left("
                                + " \\sqrt{v / (1 - \\beta_2^t)} + \\epsilon \\right), \\quad \\mu_t = \\beta_1 (1 - 0.96^{t \\psi}"
                                + " / 2)");
            }
            case Optimizer.Radam radam -> {
                moments(gradient(radam.weightDecay()), radam.beta1(), radam.beta2());
                result("\\eta\\, \\frac{m}{1 - \\beta_1^t} \\cdot \\begin{cases} \\dfrac{\\sqrt{1 - \\beta_2^t}}"
                        + "{\\sqrt{v} + \\epsilon} \\sqrt{\\dfrac{(r - 4)(r - 2) R}{(R - 4)(R - 2) r}} & r > 5 \\\\ 1 & r"
                        + " \\le 5 \\end{cases}, \\quad R = \\frac{2}{1 - \\beta_2} - 1,\\; r = R - \\frac{2 t \\beta_2^t}"
                        + "{1 - \\beta_2^t}");
            }
            case Optimizer.Rprop rprop -> {
                gradient(0);
                line(
                        "e",
                        "e \\cdot \\{ \\eta^+ \\text{ or } \\eta^- \\}",
                        n(before("e")) + " \\cdot " + n(after("e") / before("e")),
                        after("e"));
                double length = rate / rprop.learningRate() * after("e");
                step("e\\, \\operatorname{sign}(g)", n(length) + " \\cdot " + p(Math.signum(after("before"))));
            }
            case Optimizer.Lbfgs _ -> {
                gradient(0);
                lines.add("d = -H g = " + n(after("d")) + ", \\quad t = " + n(t));
                lines.add(label + " \\leftarrow " + label + " + t\\, d = " + n(w) + " + " + n(t) + " \\cdot "
                        + p(after("d")) + " = " + n(reached()));
            }
            case Optimizer.Kfac _ -> {
                gradient(0);
                result(
                        "\\eta\\, \\left[ (G + \\tfrac{\\sqrt{\\lambda}}{\\pi} I)^{-1}\\, [\\partial W\\; \\partial b]\\,"
                                + " (A + \\pi \\sqrt{\\lambda}\\, I)^{-1} \\right]_{11}");
            }
            case Optimizer.Shampoo _ -> {
                gradient(0);
                result(
                        parameter.before().rows() > 1
                                ? "\\eta\\, \\left[ L^{-1/4}\\, g\\, R^{-1/4} \\right]_{11}"
                                : "\\eta\\, \\left[ g\\, R^{-1/2} \\right]_{11}");
            }
        }
    }

    private void rmsProp(Optimizer.RmsProp rule) {
        double g = gradient(rule.weightDecay());
        mean("s", "g^2", g, rule.alpha(), "\\alpha");
        double variance = after("s");
        String under = "s";
        if (rule.centered()) {
            mean("m", "g", g, rule.alpha(), "\\alpha");
            variance -= after("m") * after("m");
            under = "s - m^2";
        }
        String divided = over(n(g), root(variance, rule.epsilon()));
        String symbol = "\\frac{g}{\\sqrt{" + under + "} + \\epsilon}";
        if (rule.momentum() > 0) {
            line(
                    "v",
                    "\\mu v + " + symbol,
                    n(rule.momentum()) + " \\cdot " + p(before("v")) + " + " + divided,
                    after("v"));
            step("\\eta\\, v", n(rate) + " \\cdot " + p(after("v")));
        } else {
            step("\\eta\\, " + symbol, n(rate) + "\\, " + divided);
        }
    }

    private void adadelta(Optimizer.Adadelta rule) {
        double g = gradient(rule.weightDecay());
        mean("s", "g^2", g, rule.rho(), "\\rho");
        double d = g * Math.sqrt(before("u") + rule.epsilon()) / Math.sqrt(after("s") + rule.epsilon());
        lines.add("d = g\\, \\frac{\\sqrt{u + \\epsilon}}{\\sqrt{s + \\epsilon}} = " + p(g) + "\\, "
                + over(
                        "\\sqrt{" + n(before("u")) + " + " + n(rule.epsilon()) + "}",
                        "\\sqrt{" + n(after("s")) + " + " + n(rule.epsilon()) + "}")
                + " = " + n(d));
        mean("u", "d^2", d, rule.rho(), "\\rho");
        step("\\eta\\, d", n(rate) + " \\cdot " + p(d));
    }

    /// What the optimizer takes for the gradient.
    private double gradient(double decay) {
        var seen = parameter.clipped() == null ? parameter.gradient() : parameter.clipped();
        double g = seen.get(0, 0);
        if (decay > 0) {
            double decayed = g + decay * w;
            lines.add("g \\leftarrow g + \\lambda w = " + n(g) + " + " + n(decay) + " \\cdot " + p(w) + " = "
                    + n(decayed));
            return decayed;
        }
        lines.add("g = " + n(g));
        return g;
    }

    private void velocity(double momentum, double g) {
        line("v", "\\mu v + g", n(momentum) + " \\cdot " + p(before("v")) + " + " + p(g), after("v"));
    }

    private void moments(double g, double beta1, double beta2) {
        mean("m", "g", g, beta1, "\\beta_1");
        mean("v", "g^2", g, beta2, "\\beta_2");
    }

    /// A running mean of a number, or of its square.
    private void mean(String symbol, String of, double number, double keep, String factor) {
        String seen = of.endsWith("^2") ? Tex.square(number) : p(number);
        line(
                symbol,
                factor + " " + symbol + " + (1 - " + factor + ")\\, " + of,
                n(keep) + " \\cdot " + p(before(symbol)) + " + " + n(1 - keep) + " \\cdot " + seen,
                after(symbol));
    }

    private void adam(double rate, double beta1, double beta2, double epsilon, String second) {
        step(
                "\\eta\\, \\frac{m / (1 - \\beta_1^t)}{\\sqrt{" + second + " / (1 - \\beta_2^t)} + \\epsilon}",
                n(rate) + "\\, "
                        + over(
                                n(after("m")) + " / " + corrected(beta1),
                                "\\sqrt{" + n(after(second)) + " / " + corrected(beta2) + "} + " + n(epsilon)));
    }

    /// `1 - beta^t`.
    private String corrected(double beta) {
        return "(1 - " + n(beta) + "^{" + n(t) + "})";
    }

    private static String root(double square, double epsilon) {
        return "\\sqrt{" + n(square) + "} + " + n(epsilon);
    }

    private static String over(String above, String below) {
        return "\\frac{" + above + "}{" + below + "}";
    }

    private void line(String symbol, String formula, String numbers, double value) {
        lines.add(symbol + " \\leftarrow " + formula + " = " + numbers + " = " + n(value));
    }

    private void step(String formula, String numbers) {
        double from = rule instanceof Optimizer.AdamW adam ? (1 - rate * adam.weightDecay()) * w : w;
        lines.add(label + " \\leftarrow " + label + " - " + formula + " = " + n(from) + " - " + numbers + " = "
                + n(reached()));
    }

    /// Where the numbers in between would fill the page.
    private void result(String formula) {
        lines.add(label + " \\leftarrow " + label + " - " + formula);
        lines.add(label + " = " + n(w) + " - " + p(w - reached()) + " = " + n(reached()));
    }

    private double reached() {
        var after = parameter.after();
        return after == null ? Double.NaN : after.get(0, 0);
    }

    private double before(String symbol) {
        return find(parameter.slotsBefore(), symbol);
    }

    private double after(String symbol) {
        return find(parameter.slotsAfter(), symbol);
    }

    private static double find(List<Slot> slots, String symbol) {
        for (Slot slot : slots) {
            if (slot.symbol().equals(symbol)) {
                return slot.value().get(0, 0);
            }
        }
        return Double.NaN;
    }

    private static String n(double value) {
        return Tex.number(value);
    }

    private static String p(double value) {
        return Tex.factor(value);
    }
}
