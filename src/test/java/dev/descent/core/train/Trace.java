package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes down every bit that a run shows: steps with losses, rates and gradients, epochs, restarts, in order. It may
/// save the run after so many updates and kill it some updates later: what it wrote down in between is lost, as it is
/// when a process dies.
final class Trace implements TrainingObserver {

    private static final class Killed extends RuntimeException {}

    /// What has been seen; a line for everything.
    private final List<String> seen = new ArrayList<>();

    private final Checkpoint checkpoint = new Checkpoint();
    private TrainerAtWork atWork = new TrainerAtWork(null, 0, 0);
    private long made;
    private long savedAt;
    private int seenWhenSaved;

    private record TrainerAtWork(@Nullable Trainer trainer, long saveAt, long killAt) {}

    /// How a whole run came out.
    record Result(List<String> seen, Outcome outcome, String digest) {}

    long made() {
        return made;
    }

    Result run(Trainer trainer) {
        atWork = new TrainerAtWork(trainer, Long.MAX_VALUE, Long.MAX_VALUE);
        Outcome outcome = trainer.run(this);
        return new Result(List.copyOf(seen), outcome, trainer.network().digest());
    }

    /// Runs until `saveAt` updates were made in all, and `further` more, and gives what was saved as a file.
    byte[] interrupt(Trainer trainer, long saveAt, long further) {
        atWork = new TrainerAtWork(trainer, saveAt, saveAt + further);
        try {
            trainer.run(this);
            throw new IllegalStateException("the run was over before it was killed");
        } catch (Killed killed) {
            seen.subList(seenWhenSaved, seen.size()).clear();
            made = savedAt;
            return file(checkpoint);
        }
    }

    static byte[] file(Checkpoint checkpoint) {
        var out = new ByteArrayOutputStream();
        try {
            checkpoint.write(new byte[] {4, 2}, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Checkpoint read(byte[] file) throws IOException {
        return Checkpoint.read(new ByteArrayInputStream(file), file.length);
    }

    @Override
    public void onStep(Step step) {
        seen.add("step %d of epoch %d: loss %s over all %s, rate %s, gradients %016x"
                .formatted(
                        step.index(),
                        step.epoch(),
                        step.batchLoss(),
                        step.datasetLoss(),
                        step.learningRate(),
                        gradients(step.network().parameters())));
    }

    private static long gradients(List<Parameter> parameters) {
        long hash = 17;
        for (Parameter parameter : parameters) {
            Matrix gradient = parameter.gradient();
            for (int i = 0; i < gradient.rows(); i++) {
                for (int j = 0; j < gradient.columns(); j++) {
                    hash = Long.rotateLeft(hash * 0x9e3779b97f4a7c15L, 29)
                            ^ Double.doubleToRawLongBits(gradient.get(i, j));
                }
            }
        }
        return hash;
    }

    @Override
    public boolean afterStep(long steps) {
        made++;
        seen.add(steps + " updates made");
        Trainer trainer = atWork.trainer();
        if (made == atWork.saveAt() && trainer != null) {
            trainer.save(checkpoint);
            savedAt = made;
            seenWhenSaved = seen.size();
        }
        if (made == atWork.killAt()) {
            throw new Killed();
        }
        return true;
    }

    @Override
    public void onEpoch(Epoch epoch) {
        seen.add("epoch %d after %d steps: %s %s, rate %s, metrics %s %s"
                .formatted(
                        epoch.index(),
                        epoch.steps(),
                        epoch.trainingLoss(),
                        epoch.validationLoss(),
                        epoch.learningRate(),
                        epoch.training(Metric.R2),
                        epoch.validation(Metric.R2)));
    }

    @Override
    public void onEnd() {
        seen.add("end");
    }

    @Override
    public void onRestart(Outcome outcome, double learningRate) {
        seen.add("again with rate " + learningRate + " after " + outcome);
    }
}
