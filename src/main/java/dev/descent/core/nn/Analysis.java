package dev.descent.core.nn;

import dev.descent.core.linalg.Precision;
import java.util.ArrayList;
import java.util.List;

/// What can be said of a network before it has seen a row: its parameters, the work of a pass, the memory it takes and
/// how large its values start.
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

    /// Multiply-adds for one row: one multiplication and one addition, as in one fused instruction. Adding biases,
    /// activation functions, the loss and the optimizer's update are not counted.
    ///
    /// @param forward `x W^T`: one for each weight
    /// @param backward `delta^T x` for dW, one for each weight; and `delta W` for the layer before, as many again,
    /// which the first layer does not need
    public record MultiplyAdds(long forward, long backward) {}

    /// Bytes.
    ///
    /// @param parameters all weights and biases
    /// @param gradients one number for each parameter
    /// @param activationsPerRow for each row of a batch: the input, and each layer's z and a, which are one matrix
    /// where the activation is the identity
    /// @param deltasPerRow for each row of a batch: each layer's dJ/dz
    public record MemoryBytes(long parameters, long gradients, long activationsPerRow, long deltasPerRow) {}

    /// What a network takes in each precision.
    public record Memory(MemoryBytes float64, MemoryBytes float32) {}

    /// @param weightShape rows and columns of W: units x inputs
    /// @param biasShape the number of biases; empty where the layer has none
    public record LayerAnalysis(
            int index,
            LayerSpec layer,
            List<Integer> weightShape,
            List<Integer> biasShape,
            long weights,
            long biases,
            long parameters,
            MultiplyAdds multiplyAdds,
            ExpectedSize expected) {}

    public static Analysis of(NetworkSpec network) {
        List<ExpectedSize> sizes = ExpectedSize.of(network);
        List<LayerAnalysis> layers = new ArrayList<>();
        int fanIn = network.inputs();
        long activations = fanIn;
        long deltas = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            switch (network.layers().get(i)) {
                case LayerSpec.Dense dense -> {
                    layers.add(of(i, dense, fanIn, sizes.get(i)));
                    fanIn = dense.units();
                    activations += fanIn * (dense.activation() instanceof Activation.Identity ? 1L : 2L);
                    deltas += fanIn;
                }
            }
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

    private static LayerAnalysis of(int index, LayerSpec.Dense dense, int fanIn, ExpectedSize expected) {
        long weights = (long) dense.units() * fanIn;
        long biases = dense.bias() ? dense.units() : 0;
        return new LayerAnalysis(
                index,
                dense,
                List.of(dense.units(), fanIn),
                dense.bias() ? List.of(dense.units()) : List.of(),
                weights,
                biases,
                weights + biases,
                new MultiplyAdds(weights, index == 0 ? weights : 2 * weights),
                expected);
    }

    private static MemoryBytes memory(Precision precision, long parameters, long activations, long deltas) {
        long bytes = precision.bytes();
        return new MemoryBytes(parameters * bytes, parameters * bytes, activations * bytes, deltas * bytes);
    }
}
