package dev.descent.model;

import dev.descent.fault.TooLarge;
import dev.descent.fault.UnsupportedForm;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// The body of a request as text: UTF-8 that fails on what is none, of a limited size.
final class PredictionText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private PredictionText() {}

    static Reader of(HttpServletRequest request, long limit) throws IOException {
        requireReadable(request);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        var text = new BufferedReader(new InputStreamReader(
                new Limited(request.getInputStream(), limit), StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private static void requireReadable(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("compressed bodies are not read; send the text as it is");
        }
        String charset = MediaType.parseMediaType(request.getContentType()).getParameter("charset");
        if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("us-ascii")) {
            throw unsupported("the text is read as UTF-8 only, not as " + charset);
        }
    }

    private static UnsupportedForm unsupported(String message) {
        return new UnsupportedForm("unsupported-media-type", "Unsupported media type", message);
    }

    private static TooLarge tooLarge(long limit) {
        return new TooLarge(
                "too-large",
                "Too large",
                "a text to predict may have " + limit + " bytes (descent.predictions.maximum-bytes)");
    }

    private static final class Limited extends FilterInputStream {

        private final long limit;
        private long count;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) {
            count += bytes;
            if (count > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
