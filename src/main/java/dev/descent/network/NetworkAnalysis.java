package dev.descent.network;

import dev.descent.core.nn.Analysis;
import dev.descent.core.nn.NetworkWarning;
import dev.descent.core.nn.RuleOfThumb;
import java.util.List;

/// What can be said of a network before it has seen a row, on this machine.
record NetworkAnalysis(
        int inputs,
        int outputs,
        long weights,
        long biases,
        long parameters,
        Analysis.MultiplyAdds multiplyAdds,
        Analysis.Memory memory,
        EstimatedSeconds seconds,
        List<Analysis.LayerAnalysis> layers,
        List<RuleOfThumb> rules,
        List<NetworkWarning> warnings) {

    static NetworkAnalysis of(Analysis analysis, EstimatedSeconds seconds, List<RuleOfThumb> rules) {
        return new NetworkAnalysis(
                analysis.inputs(),
                analysis.outputs(),
                analysis.weights(),
                analysis.biases(),
                analysis.parameters(),
                analysis.multiplyAdds(),
                analysis.memory(),
                seconds,
                analysis.layers(),
                rules,
                analysis.warnings());
    }
}
