package dev.descent.web.problem;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request is called: by its sender, where the name given can stand in a log line and a header, and by us.
///
/// @param requestId the sender's `X-Request-Id`, or the trace id
/// @param traceId ours, never given twice
record RequestIdentity(String requestId, String traceId) {

    static final String HEADER = "X-Request-Id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String ATTRIBUTE = RequestIdentity.class.getName();

    /// The identity of `request`, given to it when it has none yet.
    static RequestIdentity of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestIdentity identity) {
            return identity;
        }
        String given = request instanceof HttpServletRequest http ? http.getHeader(HEADER) : null;
        RequestIdentity identity = from(given);
        request.setAttribute(ATTRIBUTE, identity);
        return identity;
    }

    private static RequestIdentity from(@Nullable String given) {
        String traceId = UUID.randomUUID().toString().replace("-", "");
        return new RequestIdentity(given != null && SANE.matcher(given).matches() ? given : traceId, traceId);
    }
}
