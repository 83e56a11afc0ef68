package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What a run is, part by part, as text that is equal where the parts are: kept in a checkpoint, and compared with the
/// spec that is to go on from it. `threads` and the initial weights are no part of it.
final class SpecText {

    /// The parts that a fork may not change.
    private static final String[] FIXED = {"network", "precision", "loss", "batches", "seed", "data"};

    private static final String OPTIMIZER = "optimizer";
    private static final String SCHEDULE = "schedule";
    private static final String EARLY_STOPPING = "earlyStopping";

    private static final int LONGEST = 1000;

    private final String[] names;
    private final String[] sections;
    private final String[] pointers;
    private final byte[][] texts;

    private SpecText(String[]... parts) {
        names = new String[parts.length];
        sections = new String[parts.length];
        pointers = new String[parts.length];
        texts = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            names[i] = parts[i][0];
            sections[i] = "spec." + parts[i][0];
            pointers[i] = parts[i][1];
            texts[i] = parts[i][2].getBytes(StandardCharsets.UTF_8);
        }
    }

    /// Pointers are those of a training request.
    static SpecText of(TrainingSpec spec, TrainingData data) {
        Update update = spec.update();
        Supervision supervision = spec.supervision();
        return new SpecText(
                part("network", "/network", spec.network()),
                part("precision", "/precision", spec.precision()),
                part("loss", "/loss", spec.loss()),
                part("batches", "/batches", spec.batches()),
                part("seed", "/seed", seed(spec)),
                part("data", "/datasetId", "Rows[" + data.rows() + ", " + data.validationRows() + "]"),
                part(OPTIMIZER, "/optimizer", update.optimizer()),
                part(SCHEDULE, "/schedule", update.schedule()),
                part("regularization", "/regularization", update.regularization()),
                part("clipping", "/gradientClipping", String.valueOf(update.clipping())),
                part("length", pointer(spec.length()), spec.length()),
                part(EARLY_STOPPING, "/earlyStopping", String.valueOf(supervision.stopping())),
                part("onDivergence", "/onDivergence", supervision.divergence()),
                part("metrics", "/metrics", supervision.metrics()),
                part("datasetLossEvery", "/record", supervision.datasetLossEvery()));
    }

    /// As it was before there were batch seeds, where a run has none.
    private static Object seed(TrainingSpec spec) {
        return spec.batchSeed() == null ? spec.seed() : spec.seed() + ", for batches " + spec.batchSeed();
    }

    static String pointer(Length length) {
        return switch (length) {
            case Length.Epochs _ -> "/epochs";
            case Length.Steps _ -> "/steps";
        };
    }

    /// Long texts end in a digest of the whole.
    private static String[] part(String name, String pointer, Object value) {
        String text = value.toString();
        if (text.length() > LONGEST) {
            byte[] digest = CheckpointWriter.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
            text = text.substring(0, LONGEST) + "... " + HexFormat.of().formatHex(digest);
        }
        return new String[] {name, pointer, text};
    }

    void keep(Capture capture) {
        for (int i = 0; i < texts.length; i++) {
            capture.bytes(sections[i], texts[i]);
        }
    }

    /// Takes from a checkpoint what it was taken of.
    SpecText restore(Restoration restoration) throws DamagedCheckpoint {
        var parts = new String[names.length][];
        for (int i = 0; i < parts.length; i++) {
            byte[] text = restoration.bytes(sections[i]);
            parts[i] = new String[] {names[i], pointers[i], new String(text, StandardCharsets.UTF_8)};
        }
        restoration.throwComplaint();
        return new SpecText(parts);
    }

    /// Refuses to go on with anything but `saved`.
    void requireSame(SpecText saved) {
        for (String name : names) {
            requireSame(name, saved);
        }
    }

    /// Refuses to go on from `saved` where a part differs that has to stay.
    void requireForkOf(SpecText saved) {
        for (String name : FIXED) {
            requireSame(name, saved);
        }
    }

    private void requireSame(String name, SpecText saved) {
        if (!text(name).equals(saved.text(name))) {
            throw new InvalidSpec(
                    pointers[place(name)],
                    "differs-from-checkpoint",
                    "the checkpoint was taken of a run with " + saved.text(name) + " and cannot go on with "
                            + text(name));
        }
    }

    boolean hasOptimizerLike(SpecText saved) {
        return kind(OPTIMIZER).equals(saved.kind(OPTIMIZER));
    }

    boolean hasScheduleLike(SpecText saved) {
        return kind(SCHEDULE).equals(saved.kind(SCHEDULE));
    }

    boolean hasEarlyStoppingLike(SpecText saved) {
        return kind(EARLY_STOPPING).equals(saved.kind(EARLY_STOPPING));
    }

    /// The name of the record.
    private String kind(String name) {
        String text = text(name);
        int end = text.indexOf('[');
        return end < 0 ? text : text.substring(0, end);
    }

    private String text(String name) {
        return new String(texts[place(name)], StandardCharsets.UTF_8);
    }

    private int place(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("a spec has no part " + name);
    }
}
