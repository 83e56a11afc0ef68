package dev.descent.system;

import org.junit.jupiter.api.Test;

/// The whole of [DamagedCheckpointsTest]: 40 flipped bits and 10 cuts, in full 200 and 50.
@Proof
class DamagedCheckpointsProofTest extends DamagedCheckpointsTest {

    @Override
    @Test
    void jobsWhoseCheckpointsAreDamagedEndWithTheBytesOfAnUndisturbedRun() throws Exception {
        damageAll(Extent.of("checkpoint-flips", 40, 200), Extent.of("checkpoint-cuts", 10, 50));
    }
}
