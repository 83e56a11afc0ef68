package dev.descent.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WelcomeTest extends WebTest {

    @Test
    void startPageLeadsToSwaggerUi() throws Exception {
        var response = get("/");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).hasValue("/swagger-ui.html");
        assertThat(get("/swagger-ui/index.html").body()).contains("swagger-ui");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void healthIsTold(String path) throws Exception {
        assertThat(get(path).body()).contains("\"status\":\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator/env", "/actuator/heapdump", "/actuator/beans", "/actuator/loggers", "/h2-console"})
    void nothingElseOfTheInsideIsShown(String path) throws Exception {
        problem(get(path), 404, "not-found");
    }
}
