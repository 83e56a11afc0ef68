package dev.descent.training.events;

import java.io.IOException;

/// Where a stream's text goes.
interface EventSink {

    /// Returns when the text is on its way, and waits for a client that reads slowly, but not for ever.
    ///
    /// @throws IOException where nobody is there any more, or nobody reads
    void send(String text) throws IOException, InterruptedException;

    /// Ends what was sent.
    void close();
}
