package dev.descent.training.events;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private final CountDownLatch handedOver = new CountDownLatch(1);
    private volatile @Nullable SocketWrapperBase<?> socket;
    private volatile @Nullable Runnable onGone;
    private volatile Duration patience = Duration.ZERO;

    /// For Tomcat.
    public StreamConnection() {}

    /// Sends the head of the answer and takes its connection; text goes out once the request has been served.
    ///
    /// @param patience how long the client may leave what it is sent unread
    static StreamConnection begin(HttpServletRequest request, HttpServletResponse response, Duration patience)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy's buffer would hold events back
        response.setHeader(HttpHeaders.CONNECTION, "close");
        response.flushBuffer();
        try {
            StreamConnection connection = request.upgrade(StreamConnection.class);
            connection.patience = patience;
            return connection;
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Has `listener` told when the client has gone, or the server goes.
    void onGone(Runnable listener) {
        onGone = listener;
    }

    @Override
    public void send(String text) throws IOException, InterruptedException {
        boolean mayBeWritten = handedOver.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        SocketWrapperBase<?> to = socket;
        if (!mayBeWritten || to == null) {
            throw new IOException("the connection has gone");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(true, bytes, 0, bytes.length);
        to.flush(true);
    }

    @Override
    public void close() {
        SocketWrapperBase<?> present = socket;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public void init(WebConnection connection) {
        SocketWrapperBase<?> present = socket;
        if (present != null) {
            present.setWriteTimeout(patience.toMillis());
        }
        handedOver.countDown();
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
        // only writing has a time limit
    }

    @Override
    public void setSslSupport(@Nullable SSLSupport support) {
        // nobody asks
    }
}
