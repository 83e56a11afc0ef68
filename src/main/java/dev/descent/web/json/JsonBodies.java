package dev.descent.web.json;

import dev.descent.fault.Malformed;
import dev.descent.fault.TooLarge;
import dev.descent.fault.UnsupportedForm;
import dev.descent.fault.Violation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Lets a JSON body through to Jackson only when it is small enough and UTF-8 without a byte order mark.
@RestControllerAdvice
class JsonBodies extends RequestBodyAdviceAdapter {

    private final JsonProperties properties;

    JsonBodies(JsonProperties properties) {
        this.properties = properties;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        requireUtf8(message.getHeaders());
        byte[] body = read(message, properties.limit());
        requireUtf8(body);
        return new Body(message.getHeaders(), body);
    }

    private record Body(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }

    private static byte[] read(HttpInputMessage message, DataSize limit) throws IOException {
        int most = Math.toIntExact(limit.toBytes());
        byte[] body = message.getHeaders().getContentLength() > most
                ? new byte[0]
                : message.getBody().readNBytes(most + 1);
        if (message.getHeaders().getContentLength() > most || body.length > most) {
            throw new TooLarge("too-large", "Too large", "A JSON body may have " + most + " bytes");
        }
        return body;
    }

    private static void requireUtf8(HttpHeaders headers) {
        MediaType type = headers.getContentType();
        Charset charset = type == null ? null : type.getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw new UnsupportedForm(
                    "unsupported-media-type", "Unsupported media type", "JSON is read as UTF-8, not as " + charset);
        }
    }

    private static void requireUtf8(byte[] body) {
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw malformed("the body must not begin with a byte order mark");
        }
        if (body.length >= 2 && (body[0] == 0 || body[1] == 0)) {
            throw malformed("the body must be UTF-8; this looks like UTF-16 or UTF-32");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer characters = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            result = decoder.decode(bytes, characters.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw malformed("the body must be UTF-8; it is not at byte " + bytes.position());
        }
    }

    private static Malformed malformed(String message) {
        return new Malformed(
                "malformed-request", "Malformed request", message, List.of(new Violation("", "encoding", message)));
    }
}
