package dev.descent.web;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/// The web package alone on a real port, with a controller of its own to be spoken to.
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ConfigurationPropertiesScan("dev.descent.web")
@ComponentScan("dev.descent.web")
@Import(Echo.class)
class Playground {

    public static void main(String[] arguments) {
        org.springframework.boot.SpringApplication.run(Playground.class, arguments);
    }
}
