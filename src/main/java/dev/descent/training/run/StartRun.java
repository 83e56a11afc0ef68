package dev.descent.training.run;

import dev.descent.core.InvalidSpec;
import dev.descent.core.train.Checkpoint;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import dev.descent.fault.Damaged;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.checkpoint.OpenedCheckpoint;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.queue.Claim;
import dev.descent.training.recording.Recorder;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Begins an attempt where the last one was, or at step 0 where none was kept.
///
/// A checkpoint that is damaged, or whose recordings are, is passed over for the one before it: what it saves is time,
/// never bits. Only a fork cannot do without the one that it was made from.
@Component
class StartRun {

    private static final Logger log = LoggerFactory.getLogger(StartRun.class);

    private final Checkpoints checkpoints;
    private final CheckpointFiles files;
    private final Recordings recordings;

    StartRun(Checkpoints checkpoints, CheckpointFiles files, Recordings recordings) {
        this.checkpoints = checkpoints;
        this.files = files;
        this.recordings = recordings;
    }

    /// A run with its recorder.
    ///
    /// @param placement where it goes on; null at step 0
    /// @param copy for the checkpoints to come
    record Started(
            Trainer trainer, Recorder recorder, @Nullable Placement placement, Checkpoint copy)
            implements AutoCloseable {

        @Override
        public void close() throws IOException {
            trainer.close();
            recorder.close();
        }
    }

    Started start(
            Claim claim, TrainingSpec spec, TrainingData data, String tableSha256, Recording recording, Path directory)
            throws IOException {
        List<KeptCheckpoint> kept = checkpoints.of(claim.jobId());
        for (KeptCheckpoint one : kept) {
            try {
                OpenedCheckpoint opened = files.open(one);
                if (!opened.placement().tableSha256().equals(tableSha256)) {
                    throw new IOException("it was trained on other data");
                }
                return goOn(claim, spec, data, recording, directory, opened);
            } catch (IOException | Damaged e) {
                log.warn("Checkpoint {} of job {} is passed over: {}", one.number(), claim.jobId(), e.getMessage());
                recordings.discard(directory);
            }
        }
        if (!kept.isEmpty() && kept.getLast().forked()) {
            throw new Damaged("the checkpoint that job " + claim.jobId() + " was forked from");
        }
        Trainer trainer = Trainer.start(spec, data);
        return started(trainer, () -> Recorder.start(recording, directory), null, new Checkpoint());
    }

    private Started goOn(
            Claim claim,
            TrainingSpec spec,
            TrainingData data,
            Recording recording,
            Path directory,
            OpenedCheckpoint opened)
            throws IOException {
        Placement placement = opened.placement();
        boolean own = placement.jobId().equals(claim.jobId());
        Checkpoint checkpoint = opened.checkpoint();
        Trainer trainer;
        try {
            trainer = own ? Trainer.resume(spec, data, checkpoint) : Trainer.fork(spec, data, checkpoint);
        } catch (InvalidSpec differs) {
            throw new ForeignCheckpoint(placement.step(), differs);
        }
        return started(trainer, () -> recorder(claim, recording, directory, placement), placement, checkpoint);
    }

    private interface RecorderSource {
        Recorder open() throws IOException;
    }

    private static Started started(
            Trainer trainer, RecorderSource recorder, @Nullable Placement placement, Checkpoint copy)
            throws IOException {
        try {
            return new Started(trainer, recorder.open(), placement, copy);
        } catch (IOException | RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    /// Copies what belongs to the checkpoint from whichever earlier attempt still has it.
    private Recorder recorder(Claim claim, Recording recording, Path directory, Placement placement)
            throws IOException {
        var failure = new IOException("no attempt's recordings are left");
        for (Path attempt : recordings.attempts(claim.jobId(), claim.fence() - 1)) {
            try {
                return Recorder.resume(
                        recording, directory, placement.recorded(), kind -> attempt.resolve(kind.fileName()));
            } catch (IOException e) {
                failure = e;
                recordings.discard(directory);
            }
        }
        throw failure;
    }
}
