package dev.descent.web.problem;

import dev.descent.fault.Violation;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/// A failure told in HTTP's terms, before it belongs to a request.
///
/// @param kind the last part of the problem's type
/// @param headers what the answer has to carry beside the problem, such as `Allow`
record Failure(
        HttpStatusCode status,
        String kind,
        String title,
        String detail,
        List<Violation> violations,
        HttpHeaders headers) {

    Failure(int status, String kind, String title, String detail, List<Violation> violations) {
        this(HttpStatusCode.valueOf(status), kind, title, detail, violations, HttpHeaders.EMPTY);
    }

    static Failure malformed(String detail, List<Violation> violations) {
        return new Failure(400, "malformed-request", "Malformed request", detail, violations);
    }

    static Failure malformed(Violation violation) {
        return malformed(violation.message(), List.of(violation));
    }

    static Failure refused(String detail, List<Violation> violations) {
        return new Failure(422, "validation-failed", "Validation failed", detail, violations);
    }

    static Failure notFound() {
        return new Failure(404, "not-found", "Not found", "Nothing is found under this address", List.of());
    }

    static Failure ours() {
        return new Failure(
                500,
                "internal-error",
                "Internal error",
                "The service failed, not the request; its log tells more under this traceId",
                List.of());
    }

    /// A failure of which nothing but the status is known, as the server below Spring reports it.
    static Failure of(int status) {
        return switch (status) {
            case 400 -> malformed("The request line or a header is not valid HTTP", List.of());
            case 404 -> notFound();
            case 405 ->
                new Failure(405, "method-not-allowed", "Method not allowed", "This method is not offered", List.of());
            case 408 -> new Failure(408, "timed-out", "Timed out", "The request did not arrive in time", List.of());
            case 413 ->
                new Failure(413, "too-large", "Too large", "The request is larger than the service takes", List.of());
            case 414 ->
                new Failure(414, "uri-too-long", "URI too long", "The request's address is too long", List.of());
            case 431 ->
                new Failure(
                        431,
                        "headers-too-large",
                        "Headers too large",
                        "The request's headers are too large",
                        List.of());
            case 501 ->
                new Failure(
                        501,
                        "not-implemented",
                        "Not implemented",
                        "The service does not know this method or coding",
                        List.of());
            case 503 ->
                new Failure(503, "unavailable", "Unavailable", "The service cannot answer right now", List.of());
            case 505 ->
                new Failure(
                        505, "http-version", "HTTP version not supported", "The service speaks HTTP/1.1", List.of());
            default ->
                status < 500
                        ? new Failure(
                                status, "request-failed", "Request failed", "The request cannot be answered", List.of())
                        : ours();
        };
    }

    Failure with(HttpHeaders others) {
        return new Failure(status, kind, title, detail, violations, others);
    }

    Problem problem(RequestIdentity identity) {
        List<Problem.Complaint> errors = violations.isEmpty()
                ? null
                : violations.stream().map(Problem.Complaint::of).toList();
        return new Problem(
                Problem.TYPES + kind, title, status.value(), detail, identity.requestId(), errors, identity.traceId());
    }
}
