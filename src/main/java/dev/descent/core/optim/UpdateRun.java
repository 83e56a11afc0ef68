package dev.descent.core.optim;

import dev.descent.core.nn.Parameter;
import java.util.List;
import java.util.Map;

/// An optimizer's work on the parameters of one run.
interface UpdateRun {

    /// Moves every parameter; `objective` and the gradients are those at the parameters' present values.
    void step(double learningRate, double objective, Closure closure);

    /// Takes `walk` past what the next step depends on besides parameters and gradients.
    void walk(StateWalk walk);

    /// Copies of what is kept for `parameter`, under the symbols of the rule's formula.
    List<Slot> slots(Parameter parameter);

    /// The numbers that are kept for all parameters together.
    Map<String, Double> numbers();
}
