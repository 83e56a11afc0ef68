package dev.descent.web.access;

import dev.descent.tenant.Tenants;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Guards the API. Health, the description of the API and the start page stay open.
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    private static final String GUARDED = "/api/*";

    private final Tenants tenants;

    AccessConfiguration(Tenants tenants) {
        this.tenants = tenants;
    }

    /// Right after the filter that names requests, so that a refusal has a name as well.
    @Bean
    FilterRegistrationBean<KeyFilter> keyFilter(
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        var registration = new FilterRegistrationBean<>(new KeyFilter(tenants, problems));
        registration.addUrlPatterns(GUARDED);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new TenantArgument(tenants));
    }
}
