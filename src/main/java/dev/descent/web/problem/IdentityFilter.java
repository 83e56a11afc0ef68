package dev.descent.web.problem;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;

/// Names every request, in its answer (`X-Request-Id`) and in every log line written for it.
final class IdentityFilter implements Filter {

    private static final String REQUEST_ID = "requestId";
    private static final String TRACE_ID = "traceId";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestIdentity identity = RequestIdentity.of(request);
        if (response instanceof HttpServletResponse http && !http.isCommitted()) {
            http.setHeader(RequestIdentity.HEADER, identity.requestId());
        }
        MDC.put(REQUEST_ID, identity.requestId());
        MDC.put(TRACE_ID, identity.traceId());
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(REQUEST_ID);
            MDC.remove(TRACE_ID);
        }
    }
}
