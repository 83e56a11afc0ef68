package dev.descent.web.problem;

import dev.descent.core.InvalidSpec;
import dev.descent.fault.Conflict;
import dev.descent.fault.Exhausted;
import dev.descent.fault.Fault;
import dev.descent.fault.Malformed;
import dev.descent.fault.NotFound;
import dev.descent.fault.NotStored;
import dev.descent.fault.Refused;
import dev.descent.fault.TooLarge;
import dev.descent.fault.Unidentified;
import dev.descent.fault.UnsupportedForm;
import dev.descent.fault.Violation;
import dev.descent.web.json.Constants;
import dev.descent.web.json.InvalidDocument;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;

/// Tells every exception in HTTP's terms. What is not named here is a bug of ours, and stays one: a 500.
final class Failures {

    private Failures() {}

    static Failure of(Throwable exception) {
        return switch (exception) {
            case Fault fault -> of(fault);
            case InvalidSpec invalid -> Failure.refused(invalid.message(), List.of(Violation.of(invalid)));
            case HttpMessageNotReadableException unreadable -> of(unreadable);
            case MethodArgumentTypeMismatchException mismatch -> of(mismatch);
            case ConversionNotSupportedException bug -> Failure.ours();
            case MissingServletRequestParameterException missing ->
                required("?" + missing.getParameterName(), "the query parameter " + missing.getParameterName());
            case MissingRequestHeaderException missing ->
                required(missing.getHeaderName(), "the header " + missing.getHeaderName());
            case MissingServletRequestPartException missing -> missingPart(missing.getRequestPartName());
            case MaxUploadSizeExceededException large -> Failure.of(413);
            case MultipartException broken ->
                Failure.malformed("The body is not multipart/form-data that can be read to its end", List.of());
            case AsyncRequestTimeoutException timeout ->
                new Failure(503, "timed-out", "Timed out", "The answer took longer than the service allows", List.of());
            case InvalidParameterException parameters -> Failure.of(parameters.getErrorCode());
            case SocketTimeoutException silence -> ofReading(silence);
            case BadRequestException broken -> ofReading(broken);
            case TransientDataAccessException busy -> withoutDatabase();
            case DataAccessResourceFailureException gone -> withoutDatabase();
            case CannotCreateTransactionException gone -> withoutDatabase();
            case ErrorResponse response -> of(response);
            default -> Failure.ours();
        };
    }

    private static Failure of(Fault fault) {
        int status = switch (fault) {
            case Malformed malformed -> 400;
            case Unidentified nobody -> 401;
            case NotFound absent -> 404;
            case Conflict conflict -> 409;
            case TooLarge large -> 413;
            case UnsupportedForm form -> 415;
            case Refused refused -> 422;
            case Exhausted exhausted -> exhausted.type().endsWith("quota-exceeded") ? 429 : 503;
            case NotStored refused -> 507;
            default -> 500;
        };
        String detail = Objects.requireNonNullElse(fault.getMessage(), fault.title());
        Failure failure = new Failure(status, fault.type(), fault.title(), detail, fault.violations());
        return switch (fault) {
            case Exhausted exhausted -> failure.with(retryAfter(exhausted.retryAfter()));
            case NotStored refused -> failure.with(retryAfter(refused.retryAfter()));
            case Unidentified nobody -> failure.with(bearer());
            default -> failure;
        };
    }

    private static Failure withoutDatabase() {
        String detail = "The database does not answer; nothing was changed";
        return new Failure(503, "dependency-unavailable", "Dependency unavailable", detail, List.of())
                .with(retryAfter(Duration.ofSeconds(5)));
    }

    private static HttpHeaders retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return headers;
    }

    private static HttpHeaders bearer() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return headers;
    }

    private static Failure of(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case Fault fault -> of(fault);
            case JacksonException jackson -> {
                InvalidDocument invalid = InvalidDocument.of(jackson);
                String detail = Objects.requireNonNullElse(invalid.getOriginalMessage(), "");
                yield invalid.malformed()
                        ? Failure.malformed(detail, invalid.violations())
                        : Failure.refused(detail, invalid.violations());
            }
            case IOException broken -> ofReading(broken);
            case null ->
                Failure.malformed(new Violation("", "required", "The body is missing or null; it must be JSON"));
            default -> incomplete();
        };
    }

    /// What is wrong when a request cannot be read to its end.
    static Failure ofReading(IOException exception) {
        return exception instanceof SocketTimeoutException ? Failure.of(408) : incomplete();
    }

    private static Failure incomplete() {
        return Failure.malformed(new Violation("", "incomplete", "The body could not be read to its end"));
    }

    private static Failure of(MethodArgumentTypeMismatchException mismatch) {
        if (mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return Failure.notFound();
        }
        boolean header = mismatch.getParameter().hasParameterAnnotation(RequestHeader.class);
        Class<?> type = mismatch.getRequiredType();
        List<String> allowed = type != null && type.isEnum() ? Constants.namesOf(type) : List.of();
        String name = mismatch.getName();
        String message = name + " must be " + (allowed.isEmpty() ? kind(type) : "one of " + String.join(", ", allowed));
        var violation = new Violation(
                header ? name : "?" + name, "wrong-type", message, shown(mismatch.getValue()), allowed, null, null);
        return Failure.malformed(violation);
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "of another kind";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long", "short", "Short" -> "a whole number";
            case "double", "Double", "float", "Float", "BigDecimal" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            default -> "of the kind " + type.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof String text && text.length() <= 80 ? text : null;
    }

    private static Failure required(String pointer, String what) {
        return Failure.malformed(new Violation(pointer, "required", what + " is missing"));
    }

    private static Failure missingPart(String name) {
        var violation = new Violation(name, "required", "the part " + name + " of the multipart body is missing");
        return new Failure(400, "missing-part", "Missing part", violation.message(), List.of(violation));
    }

    private static Failure of(ErrorResponse response) {
        HttpHeaders headers = response.getHeaders();
        Failure failure = switch (response) {
            case HttpRequestMethodNotSupportedException method ->
                new Failure(
                        405,
                        "method-not-allowed",
                        "Method not allowed",
                        "This address offers " + headers.getFirst(HttpHeaders.ALLOW),
                        List.of());
            case HttpMediaTypeNotAcceptableException unacceptable ->
                new Failure(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "The answer can be had as " + unacceptable.getSupportedMediaTypes(),
                        List.of());
            case HttpMediaTypeNotSupportedException unsupported ->
                new Failure(
                        415,
                        "unsupported-media-type",
                        "Unsupported media type",
                        "The body can be sent as " + unsupported.getSupportedMediaTypes(),
                        List.of());
            default -> of(response.getStatusCode().value());
        };
        return failure.with(headers);
    }

    private static Failure of(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        if (status != 400 || known == null) {
            return Failure.of(status);
        }
        return Failure.malformed(
                "A parameter, header or part of the request is not what this operation takes", List.of());
    }
}
