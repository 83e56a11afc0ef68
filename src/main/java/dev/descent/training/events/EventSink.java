package dev.descent.training.events;

import java.io.IOException;

/// Where a stream's text goes. Nothing here waits for the client.
interface EventSink {

    /// Takes text, to be written as far as the client reads.
    ///
    /// @throws IOException where nobody is there any more
    void send(String text) throws IOException;

    /// Writes on; says whether all that was taken is on its way.
    boolean flush() throws IOException;

    /// Ends what was sent.
    void close();
}
