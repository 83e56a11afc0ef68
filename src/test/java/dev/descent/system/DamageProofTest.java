package dev.descent.system;

import org.junit.jupiter.api.Test;

/// The whole of [DamageTest]: 200 flipped bits, 50 cuts, zeros, another file, none, for each kind of file.
@Proof
class DamageProofTest extends DamageTest {

    @Override
    @Test
    void everyDamageIsFoundBeforeItIsUsed() throws Exception {
        damageAll(200, 50);
    }
}
