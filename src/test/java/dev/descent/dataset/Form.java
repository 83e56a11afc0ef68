package dev.descent.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A multipart form whose parts may hold any bytes.
public final class Form {

    public static final String TYPE = "multipart/form-data; boundary=B";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public Form file(String name, String filename, byte[] content) {
        return part("name=\"" + name + "\"; filename=\"" + filename + "\"", content);
    }

    public Form field(String name, String value) {
        return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    private Form part(String disposition, byte[] content) {
        text("--B\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n");
        body.writeBytes(content);
        text("\r\n");
        return this;
    }

    private void text(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        text("--B--\r\n");
        return body.toByteArray();
    }
}
