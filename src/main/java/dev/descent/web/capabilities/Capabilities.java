package dev.descent.web.capabilities;

import dev.descent.core.data.Scaling;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import dev.descent.core.train.Batches;
import dev.descent.core.train.DivergenceRemedy;
import dev.descent.core.train.EarlyStopping;
import dev.descent.core.train.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Everything that a network and a training job can be made of.
@Schema(
        description = "Everything that a network and a training job can be made of; in the formulas of losses z is the "
                + "network's output and y the target, in those of activations z is the pre-activation")
record Capabilities(
        List<Capability> layers,
        List<Capability> activations,
        List<Capability> initializers,
        List<Capability> losses,
        List<Capability> optimizers,
        List<Capability> schedules,
        List<Capability> batches,
        Capability regularization,
        List<Capability> gradientClipping,
        List<Capability> earlyStopping,
        List<Capability> onDivergence,
        List<Capability> metrics,
        List<Capability> preprocessing) {

    static final Capabilities ALL = new Capabilities(
            Capability.of(LayerSpec.class),
            Capability.of(Activation.class),
            Capability.of(Initializer.class),
            Capability.of(Loss.class),
            Capability.of(Optimizer.class),
            Capability.of(Schedule.class),
            Capability.of(Batches.class),
            Capability.ofRecord(Regularization.class),
            Capability.of(GradientClipping.class),
            Capability.of(EarlyStopping.class),
            Capability.of(DivergenceRemedy.class),
            Capability.ofConstants(Metric.class),
            Capability.of(Scaling.class));
}
