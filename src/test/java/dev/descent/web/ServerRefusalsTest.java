package dev.descent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Tomcat refuses before Spring sees it.
class ServerRefusalsTest extends WebTest {

    private static final String JSON = "Content-Type: application/json\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%00",
                "/%ZZ",
                "/[",
                "/{",
                "/a\\b",
                "/a b",
                "/..%2f..%2fetc",
                "/%2e%2e/",
                "/%c0%ae",
                "/echo/pages?x=["
            })
    void badAddressesAreProblemsToo(String path) throws Exception {
        refused("GET " + path, "", "");
    }

    @ParameterizedTest
    @MethodSource
    void badHeadersAreProblemsToo(String headers, String body) throws Exception {
        refused("POST /echo/networks", headers, body);
    }

    static Stream<Arguments> badHeadersAreProblemsToo() {
        return Stream.of(
                arguments("Bad Name: x\r\n", ""),
                arguments("X: " + "a".repeat(70_000) + "\r\n", ""),
                arguments(JSON + "Content-Length: 5\r\nContent-Length: 6\r\n", "hello"),
                arguments(JSON + "Content-Length: -1\r\n", ""),
                arguments(JSON + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                arguments(JSON + "Transfer-Encoding: chunked\r\n", "zz\r\nhello"),
                arguments(JSON + "Content-Length: 500\r\n", "{\"inputs\": 2,"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 100_000})
    void longAddressesAreProblemsToo(int length) throws Exception {
        refused("GET /" + "a".repeat(length), "", "");
    }

    private void refused(String request, String headers, String body) throws Exception {
        String answer = raw((request + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        problem(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1), 400, "malformed-request");
    }

    private static Arguments arguments(String headers, String body) {
        return Arguments.of(headers, body);
    }
}
