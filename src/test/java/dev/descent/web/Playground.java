package dev.descent.web;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/// The web package, with the tenants it asks for, alone on a real port, with a controller of its own to be spoken to.
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ConfigurationPropertiesScan({"dev.descent.web", "dev.descent.tenant"})
@ComponentScan({"dev.descent.web", "dev.descent.tenant"})
@Import(Echo.class)
class Playground {

    public static void main(String[] arguments) {
        org.springframework.boot.SpringApplication.run(Playground.class, arguments);
    }
}
