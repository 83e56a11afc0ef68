package dev.descent.web.json;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JacksonModule;

/// What the service's one `JsonMapper` has beside the settings of `application.yaml`.
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    @Bean
    JacksonModule specs() {
        return new SpecModule();
    }

    @Bean
    JsonFactoryBuilderCustomizer finiteNumbers() {
        return factory -> factory.addDecorator((owner, generator) -> new FiniteWriter(generator));
    }
}
