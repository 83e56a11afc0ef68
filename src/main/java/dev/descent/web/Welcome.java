package dev.descent.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Shows a newcomer the way in: a line in the log when the service answers, and a start page.
@Component
class Welcome implements WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger("Descent");

    static final String DOOR = "/swagger-ui.html";

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            log.info(
                    "Descent is ready: http://localhost:{}{}",
                    web.getWebServer().getPort(),
                    DOOR);
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", DOOR);
    }
}
