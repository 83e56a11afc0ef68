package dev.descent.web.access;

import dev.descent.tenant.Tenant;
import dev.descent.tenant.Tenants;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Turns away whoever has no key, before anything else of the request is read, and notes on it whose key it shows.
final class KeyFilter extends OncePerRequestFilter {

    static final String ASKING = Tenant.class.getName();

    private final Tenants tenants;
    private final HandlerExceptionResolver problems;

    KeyFilter(Tenants tenants, HandlerExceptionResolver problems) {
        this.tenants = tenants;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return tenants.none();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<byte[]> key = BearerKey.of(request);
        Optional<Tenant> tenant = key.flatMap(tenants::withKey);
        if (tenant.isPresent()) {
            request.setAttribute(ASKING, tenant.get());
            chain.doFilter(request, response);
        } else {
            KeyRefused refused = key.isPresent() ? KeyRefused.unknown() : KeyRefused.missing();
            if (problems.resolveException(request, response, null, refused) == null) {
                throw refused;
            }
        }
    }
}
