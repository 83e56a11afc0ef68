package dev.descent.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows a newcomer the way in: a line in the log when the service answers, and a start page.
@Hidden
@RestController
class Welcome {

    private static final Logger log = LoggerFactory.getLogger("Descent");

    private static final String DOOR = "/swagger-ui.html";

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web
                && web.getWebServer() instanceof TomcatWebServer server) {
            log.info(
                    "Descent is ready: {}://localhost:{}{} (started in {} s on Java {}; data in {})",
                    server.getTomcat().getConnector().getScheme(),
                    server.getPort(),
                    DOOR,
                    event.getTimeTaken() == null ? "?" : event.getTimeTaken().toMillis() / 100 / 10.0,
                    Runtime.version(),
                    event.getApplicationContext().getEnvironment().getProperty("descent.data-directory"));
        }
    }

    @GetMapping("/")
    ResponseEntity<Void> start() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(DOOR))
                .build();
    }
}
