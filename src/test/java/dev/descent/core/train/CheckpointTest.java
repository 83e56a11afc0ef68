package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    @Test
    void placeholder() throws IOException {
        ReferenceRun run = ReferenceRun.ALL.getFirst();
        Checkpoint checkpoint = new Checkpoint();
        try (Trainer trainer = Trainer.start(run.spec(1), run.data())) {
            trainer.save(checkpoint);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        checkpoint.write(new byte[] {1, 2}, out);
        assertThat(out.size()).isEqualTo(checkpoint.bytes(2));
        Checkpoint read = Checkpoint.read(new ByteArrayInputStream(out.toByteArray()), out.size());
        assertThat(read.header()).containsExactly(1, 2);
        assertThat(read.steps()).isZero();
    }
}
