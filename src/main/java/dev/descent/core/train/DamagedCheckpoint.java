package dev.descent.core.train;

import java.io.IOException;

/// A checkpoint from which no run can go on: its bytes are not those that were written, or not all that the run needs.
/// The message says what is wrong with it.
public final class DamagedCheckpoint extends IOException {

    DamagedCheckpoint(String message) {
        super(message);
    }
}
