package dev.descent.web.access;

import dev.descent.tenant.Tenant;
import dev.descent.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives a controller's method the [Tenant] that asks. An address that [KeyFilter] does not guard stays shut to those
/// without a key if its method wants to know.
final class TenantArgument implements HandlerMethodArgumentResolver {

    private final Tenants tenants;

    TenantArgument(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Tenant.class;
    }

    @Override
    public Tenant resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (tenants.none()) {
            return Tenant.DEFAULT;
        }
        if (request.getAttribute(KeyFilter.ASKING, RequestAttributes.SCOPE_REQUEST) instanceof Tenant tenant) {
            return tenant;
        }
        throw KeyRefused.missing();
    }
}
