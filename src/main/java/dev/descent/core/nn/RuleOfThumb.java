package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What lectures recommend without a proof, held against a network.
///
/// @param code a stable kebab-case word that a client may test for
/// @param pointer where it applies in the network's description; empty for the whole of it
/// @param holds whether the network follows it; null where that depends on the data
/// @param documentation where to read more
public record RuleOfThumb(
        String code, String pointer, String rule, @Nullable Boolean holds, String message, String documentation) {

    private static final int ROWS_PER_PARAMETER = 10;

    /// Variances this far from the recommended are still taken for it.
    private static final double NEAR = 2;

    /// Rules for `network`, trained on `rows` rows where that is known.
    public static List<RuleOfThumb> of(NetworkSpec network, @Nullable Long rows) {
        List<RuleOfThumb> rules = new ArrayList<>();
        rules.add(rowsPerParameter(network, rows));
        List<PlacedLayer> layers = network.placedLayers();
        for (PlacedLayer placed : layers) {
            if (placed.layer() instanceof LayerSpec.Dense dense && placed.index() < layers.size() - 1) {
                rules.add(initializer(placed, dense));
            }
        }
        width(network, layers, rules);
        return List.copyOf(rules);
    }

    private static RuleOfThumb rowsPerParameter(NetworkSpec network, @Nullable Long rows) {
        long wanted = ROWS_PER_PARAMETER * network.parameters();
        return rule(
                "rows-per-parameter",
                "",
                "ten rows of data for each parameter",
                rows == null ? null : rows >= wanted,
                network.parameters() + " parameters ask for " + wanted + " rows"
                        + (rows == null ? "; say how many there are with ?rows=" : ", and there are " + rows)
                        + ". With fewer a network can learn its rows by heart: then watch the validation loss");
    }

    private static RuleOfThumb initializer(PlacedLayer placed, LayerSpec.Dense dense) {
        int in = placed.inputs();
        String name = switch (dense.activation()) {
            case Activation.Selu selu -> "lecunNormal, of variance 1 / inputs";
            case Activation.Relu _,
                    Activation.LeakyRelu _,
                    Activation.Relu6 _,
                    Activation.Elu _,
                    Activation.Gelu _,
                    Activation.GeluTanh _,
                    Activation.Swish _,
                    Activation.Mish _,
                    Activation.Softplus _ -> "heNormal or heUniform, of variance 2 / inputs";
            default -> "glorotNormal or glorotUniform, of variance 2 / (inputs + units)";
        };
        double wanted =
                name.startsWith("lecun") ? 1.0 / in : name.startsWith("he") ? 2.0 / in : 2.0 / (in + dense.units());
        double found = Moments.ofWeights(dense, in).meanSquare();
        return rule(
                "initializer",
                placed.pointer() + "/weightInitializer",
                "weights whose variance suits the activation: " + name,
                found <= NEAR * wanted && found >= wanted / NEAR,
                String.format(Locale.ROOT, "these start with %.3g, the rule asks for %.3g", found, wanted));
    }

    private static void width(NetworkSpec network, List<PlacedLayer> layers, List<RuleOfThumb> rules) {
        List<PlacedLayer> hidden = layers.stream()
                .filter(placed -> placed.layer() instanceof LayerSpec.Dense && placed.index() < layers.size() - 1)
                .toList();
        if (hidden.size() != 1) {
            return;
        }
        double pyramid = StrictMath.sqrt((double) network.inputs() * network.outputs());
        int units = hidden.getFirst().units();
        rules.add(rule(
                "hidden-units",
                hidden.getFirst().pointer() + "/units",
                "a single hidden layer has at least the square root of inputs times outputs",
                units >= pyramid,
                String.format(
                        Locale.ROOT,
                        "it has %d, the root is %.1f; more units fit more, and ask for more rows",
                        units,
                        pyramid)));
    }

    private static RuleOfThumb rule(String code, String pointer, String rule, @Nullable Boolean holds, String message) {
        return new RuleOfThumb(code, pointer, rule, holds, message, "docs/network-analysis.md#" + code);
    }
}
