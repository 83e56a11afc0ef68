package dev.descent.core.nn;

import dev.descent.core.linalg.Precision;
import java.util.ArrayList;
import java.util.List;

/// What can be said of a network before it has seen a row: its parameters, the work of a pass, the memory it
/// takes and how large its values start.
///
/// @param weights parameters without biases
/// @param parameters weights and biases
/// @param multiplyAdds of all layers, for one row
public record Analysis(
        int inputs,
        int outputs,
        long weights,
        long biases,
        long parameters,
        MultiplyAdds multiplyAdds,
        Memory memory,
        List<LayerAnalysis> layers,
        List<NetworkWarning> warnings) {

    /// Multiply-adds for one row: one multiplication and one addition, as in one fused instruction. Adding
    /// biases, activation functions, the loss and the optimizer's update are not counted.
    ///
    /// @param forward `x W^T`: one for each weight; batch normalisation takes three for each unit
    /// @param backward `delta^T x` for dW, one for each weight; and `delta W` for the layer before, as many
    /// again, which the first layer does not need
    public record MultiplyAdds(long forward, long backward) {}

    /// Bytes.
    ///
    /// @param parameters all weights and biases
    /// @param gradients one number for each parameter
    /// @param activationsPerRow for each row of a batch: the input, and each layer's z and a, which are one
    /// matrix where the activation is the identity; the mask of dropout and the normalised values of batch
    /// normalisation
    /// @param deltasPerRow for each row of a batch: each layer's dJ/dz
    public record MemoryBytes(long parameters, long gradients, long activationsPerRow, long deltasPerRow) {}

    /// What a network takes in each precision.
    public record Memory(MemoryBytes float64, MemoryBytes float32) {}

    /// @param index counted from 0 in the order of computation: layers inside a residual block come before the
    /// block
    /// @param pointer where the layer stands in the network's description
    /// @param inputs values that a row brings
    /// @param units values that a row leaves with
    /// @param weightShape rows and columns of W: units x inputs, of gamma: 1 x units; empty where the layer has
    /// none
    /// @param biasShape the number of biases; empty where the layer has none
    public record LayerAnalysis(
            int index,
            String pointer,
            LayerSpec layer,
            int inputs,
            int units,
            List<Integer> weightShape,
            List<Integer> biasShape,
            long weights,
            long biases,
            long parameters,
            MultiplyAdds multiplyAdds,
            ExpectedSize expected,
            ExpectedGradient expectedGradient) {}

    public static Analysis of(NetworkSpec network) {
        List<ExpectedSize> sizes = ExpectedSize.of(network);
        List<ExpectedGradient> gradients = ExpectedGradient.of(network, sizes);
        List<PlacedLayer> placed = network.placedLayers();
        List<LayerAnalysis> layers = new ArrayList<>();
        long activations = network.inputs();
        long deltas = 0;
        for (PlacedLayer layer : placed) {
            layers.add(of(layer, sizes.get(layer.index()), gradients.get(layer.index())));
            activations += layer.numbersPerRow() - layer.units();
            deltas += layer.units();
        }
        long weights = layers.stream().mapToLong(LayerAnalysis::weights).sum();
        long biases = layers.stream().mapToLong(LayerAnalysis::biases).sum();
        return new Analysis(
                network.inputs(),
                network.outputs(),
                weights,
                biases,
                weights + biases,
                new MultiplyAdds(
                        layers.stream()
                                .mapToLong(layer -> layer.multiplyAdds.forward)
                                .sum(),
                        layers.stream()
                                .mapToLong(layer -> layer.multiplyAdds.backward)
                                .sum()),
                new Memory(
                        memory(Precision.FLOAT64, weights + biases, activations, deltas),
                        memory(Precision.FLOAT32, weights + biases, activations, deltas)),
                List.copyOf(layers),
                NetworkWarning.of(network));
    }

    private static LayerAnalysis of(PlacedLayer placed, ExpectedSize expected, ExpectedGradient gradient) {
        return new LayerAnalysis(
                placed.index(),
                placed.pointer(),
                placed.layer(),
                placed.inputs(),
                placed.units(),
                placed.weights() == 0 ? List.of() : List.of(placed.weightRows(), placed.weightColumns()),
                placed.biases() == 0 ? List.of() : List.of(placed.biases()),
                placed.weights(),
                placed.biases(),
                placed.parameters(),
                multiplyAdds(placed),
                expected,
                gradient);
    }

    private static MultiplyAdds multiplyAdds(PlacedLayer placed) {
        return switch (placed.layer()) {
            case LayerSpec.Dense dense ->
                new MultiplyAdds(placed.weights(), placed.index() == 0 ? placed.weights() : 2 * placed.weights());
            case LayerSpec.Dropout dropout -> new MultiplyAdds(0, 0);
            case LayerSpec.BatchNormalization normalization ->
                new MultiplyAdds(3L * placed.units(), 3L * placed.units());
            case LayerSpec.Residual residual -> new MultiplyAdds(0, 0);
        };
    }

    private static MemoryBytes memory(Precision precision, long parameters, long activations, long deltas) {
        long bytes = precision.bytes();
        return new MemoryBytes(parameters * bytes, parameters * bytes, activations * bytes, deltas * bytes);
    }
}
