package dev.descent.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/// Reads the key that a request shows (RFC 6750).
final class BearerKey {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");

    private BearerKey() {}

    /// The bytes of the key as they were sent; empty when there is none, or more than one header that could hold it.
    static Optional<byte[]> of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.size() != 1) {
            return Optional.empty();
        }
        Matcher bearer = BEARER.matcher(headers.getFirst());
        return bearer.matches() ? Optional.of(bearer.group(1).getBytes(StandardCharsets.ISO_8859_1)) : Optional.empty();
    }
}
