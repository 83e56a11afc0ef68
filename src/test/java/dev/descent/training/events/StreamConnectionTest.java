package dev.descent.training.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamConnectionTest {

    private final BlockingQueue<EventSink> begun = new LinkedBlockingQueue<>();
    private final AtomicInteger gone = new AtomicInteger();
    private final Tomcat tomcat = new Tomcat();

    /// Begins a stream for whoever asks.
    private final class Streaming extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            StreamConnection.begin(request, response, begun::add, gone::incrementAndGet);
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "streaming", new Streaming());
        context.addServletMappingDecoded("/", "streaming");
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void answerIsAHeadWithoutLengthThenTheTextThenTheEnd() throws Exception {
        try (Socket client = ask(1 << 16)) {
            EventSink connection = connection();
            connection.send("data:1\n\n");
            connection.send("data:\u00e4\n\n");
            assertThat(connection.flush()).isTrue();
            connection.close();
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: text/event-stream")
                    .contains("Connection: close")
                    .doesNotContain("Transfer-Encoding", "Content-Length")
                    .endsWith("\r\n\r\ndata:1\n\ndata:\u00e4\n\n");
        }
    }

    @Test
    void clientThatLeavesIsNoticedThoughNothingIsSent() throws Exception {
        Socket client = ask(1 << 16);
        EventSink connection = connection();
        connection.send("data:1\n\n");
        connection.flush();
        client.close();
        await().until(() -> gone.get() > 0);
    }

    @Test
    void whatAClientGoesOnSayingIsPassedOver() throws Exception {
        try (Socket client = ask(1 << 16)) {
            EventSink connection = connection();
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100).getBytes(StandardCharsets.UTF_8));
            connection.send("data:1\n\n");
            assertThat(connection.flush()).isTrue();
            connection.close();
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).endsWith("data:1\n\n").containsOnlyOnce("HTTP/1.1");
            assertThat(begun).isEmpty();
        }
    }

    @Test
    void whatAClientDoesNotReadIsKeptAndNobodyWaits() throws Exception {
        try (Socket client = ask(1024)) {
            EventSink connection = connection();
            String text = "data:" + "x".repeat(1 << 16) + "\n\n";
            int sent = 0;
            do {
                connection.send(text);
                sent++;
            } while (connection.flush());
            assertThat(connection.flush()).isFalse();
            AtomicLong read = new AtomicLong();
            Thread.ofVirtual().start(() -> readAll(client, read));
            await().until(connection::flush);
            connection.close();
            long length = (long) sent * text.length();
            await().untilAsserted(() -> assertThat(read.get()).isBetween(length, length + 1000));
        }
    }

    @Test
    void nothingCanBeSentToAClientThatLeft() throws Exception {
        Socket client = ask(1 << 16);
        EventSink connection = connection();
        client.close();
        await().until(() -> gone.get() > 0);
        assertThatThrownBy(() -> connection.send("data:1\n\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(connection::flush).isInstanceOf(IOException.class);
        connection.close();
    }

    private static void readAll(Socket client, AtomicLong read) {
        byte[] buffer = new byte[1 << 16];
        try {
            for (int count = 0; count >= 0; count = client.getInputStream().read(buffer)) {
                read.addAndGet(count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket ask(int receiveBuffer) throws IOException {
        var client = new Socket();
        client.setReceiveBufferSize(receiveBuffer);
        client.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort()));
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return client;
    }

    private EventSink connection() throws InterruptedException {
        EventSink connection = begun.poll(20, TimeUnit.SECONDS);
        assertThat(connection).isNotNull();
        return connection;
    }
}
