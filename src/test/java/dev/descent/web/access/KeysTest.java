package dev.descent.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.Client;
import dev.descent.Client.Answer;
import dev.descent.KeyedService;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@KeyedService
@ExtendWith(OutputCaptureExtension.class)
class KeysTest {

    private static final String DATASETS = "/api/v1/datasets";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"Bearer key-of-ada", "bearer key-of-ada", "BEARER   key-of-ada "})
    void keyOpensTheService(String authorization) {
        assertThat(new Client(port)
                        .get(DATASETS, "Authorization", authorization)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-of-ada",
                "Basic key-of-ada",
                "Basic YWRhOmtleS1vZi1hZGE=",
                "Bearer",
                "Bearer ",
                "Bearerkey-of-ada",
                "Bearer key-of-ada key-of-bob",
                "Bearer key-of-ada, Bearer key-of-ada"
            })
    void whatIsNoBearerKeyIsNoKey(String authorization) {
        Answer answer = new Client(port).get(DATASETS, "Authorization", authorization);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("key-required");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-of-Ada",
                "key-of-ad",
                "key-of-adaa",
                "\"key-of-ada\"",
                "5532e44183f47ed1fc146851b96d585c24da5bd5fe31a885cebc357261ed8f7f"
            })
    void keyThatIsNearlyRightIsNobodys(String key) {
        Answer answer = new Client(port).as(key).get(DATASETS);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("key-unknown");
    }

    @Test
    void twoKeysAreNone() {
        Answer answer = new Client(port)
                .get(DATASETS, "Authorization", "Bearer key-of-ada", "Authorization", "Bearer key-of-bob");

        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=key-of-ada", "?access_token=key-of-ada", "?tenant=ada", "?name=ada"})
    void addressIsNoPlaceForAKey(String query) {
        assertThat(new Client(port).get(DATASETS + query).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/swagger-ui/index.html",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness"
            })
    void healthDescriptionAndStartPageStayOpen(String path) {
        assertThat(new Client(port).get(path).status()).isLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/datasets",
                "/api/v1/datasets/",
                "/api/v1/datasets;a=b",
                "/api;a=b/v1/datasets",
                "//api/v1/datasets",
                "/api//v1/datasets",
                "/./api/v1/datasets",
                "/x/../api/v1/datasets",
                "/%61pi/v1/datasets",
                "/api/%76%31/datasets",
                "/api%2Fv1/datasets",
                "/API/v1/datasets",
                "/api/v1/datasets?x=/actuator/health",
                "/actuator/health/../../api/v1/datasets",
                "/api/v1/datasets/..%2Fdatasets",
                "/api/v1/capabilities",
                "/api/v1",
                "/api"
            })
    void noSpellingOfAnAddressGoesAroundTheKey(String path) throws IOException {
        for (String method : new String[] {"GET", "HEAD", "OPTIONS", "POST", "DELETE", "PATCH"}) {
            String status = raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                    + "Connection: close\r\n\r\n");
            assertThat(status).as(method).containsAnyOf(" 401 ", " 404 ", " 400 ", " 405 ");
        }
    }

    @Test
    void keyIsNeverLogged(CapturedOutput output) {
        new Client(port).as("key-of-ada").get(DATASETS);
        new Client(port).as("a-wrong-key").get(DATASETS);

        assertThat(output.getAll()).doesNotContain("key-of-ada", "a-wrong-key");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }
}
