package dev.descent.web.json;

import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Makes JSON the only way to send and receive objects: other formats that libraries bring along would read them by
/// laxer rules.
@Configuration(proxyBeanMethods = false)
class StrictMvc implements WebMvcConfigurer {

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.configureMessageConvertersList(converters -> converters.removeIf(StrictMvc::readsObjectsOtherwise));
    }

    private static boolean readsObjectsOtherwise(HttpMessageConverter<?> converter) {
        return converter.canRead(JsonProperties.class, MediaType.APPLICATION_YAML)
                || converter.canRead(JsonProperties.class, MediaType.APPLICATION_XML)
                || converter.canRead(JsonProperties.class, MediaType.APPLICATION_CBOR);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new StrictParameters());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new ConstantParameters());
    }
}
