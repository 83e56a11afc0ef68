package dev.descent.training.events;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// A connection on which an answer without a length has begun and which Tomcat has let go of as far as it can: request,
/// response and their buffers, 100 KiB, serve others while the answer goes on. To the client it is an ordinary answer
/// that ends where the connection does.
public final class StreamConnection implements InternalHttpUpgradeHandler, EventSink {

    private volatile @Nullable SocketWrapperBase<?> socket;
    private volatile @Nullable Consumer<EventSink> onBegun;
    private volatile @Nullable Runnable onGone;

    /// For Tomcat.
    public StreamConnection() {}

    /// Sends the head of the answer and takes its connection.
    ///
    /// @param onBegun is given the connection when text may be sent, which is soon, or never if the client has gone
    /// @param onGone is told when the client has gone, or the server goes
    static void begin(
            HttpServletRequest request, HttpServletResponse response, Consumer<EventSink> onBegun, Runnable onGone)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy's buffer would hold events back
        response.setHeader(HttpHeaders.CONNECTION, "close");
        response.flushBuffer();
        try {
            StreamConnection connection = request.upgrade(StreamConnection.class);
            connection.onBegun = onBegun;
            connection.onGone = onGone;
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SocketWrapperBase<?> to = lock();
        try {
            to.write(false, bytes, 0, bytes.length);
        } finally {
            to.getLock().unlock();
        }
    }

    @Override
    public boolean flush() throws IOException {
        SocketWrapperBase<?> to = lock();
        try {
            return !to.flush(false);
        } finally {
            to.getLock().unlock();
        }
    }

    /// Keeps Tomcat from closing the connection, and giving its buffers to another, while something is written.
    private SocketWrapperBase<?> lock() throws ClosedChannelException {
        SocketWrapperBase<?> present = socket;
        if (present == null) {
            throw new ClosedChannelException();
        }
        present.getLock().lock();
        if (present.isClosed()) {
            present.getLock().unlock();
            throw new ClosedChannelException();
        }
        return present;
    }

    @Override
    public void close() {
        try {
            SocketWrapperBase<?> open = lock();
            try {
                open.close();
            } finally {
                open.getLock().unlock();
            }
        } catch (ClosedChannelException closed) {
            // nothing is left to do
        }
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public void init(WebConnection connection) {
        Consumer<EventSink> told = onBegun;
        if (told != null) {
            told.accept(this);
        }
    }

    /// What a client sends after its request is passed over; its end is noticed.
    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return event == SocketEvent.OPEN_READ && passOver() ? SocketState.UPGRADED : SocketState.CLOSED;
    }

    private boolean passOver() {
        SocketWrapperBase<?> from = socket;
        byte[] passed = new byte[512];
        try {
            int count;
            do {
                count = from == null ? -1 : from.read(false, passed, 0, passed.length);
            } while (count > 0);
            return count == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void destroy() {
        Runnable told = onGone;
        if (told != null) {
            told.run();
        }
    }

    @Override
    public void pause() {
        // the streams are closed before the server is
    }

    @Override
    public void timeoutAsync(long now) {
        // whoever writes has patience of its own
    }

    @Override
    public void setSslSupport(@Nullable SSLSupport support) {
        // nobody asks
    }
}
