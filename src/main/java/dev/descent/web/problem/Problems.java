package dev.descent.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/// Answers every exception that a controller, or Spring before it, throws.
@RestControllerAdvice
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /// Returns nothing where an answer had begun: it cannot be taken back.
    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> answer(Exception exception, HttpServletRequest request, HttpServletResponse response) {
        Failure failure = Failures.of(exception);
        log(failure, exception, request);
        return response.isCommitted() ? null : entity(failure, request);
    }

    private static void log(Failure failure, Exception exception, HttpServletRequest request) {
        String method = request.getMethod();
        String path = request.getRequestURI();
        int status = failure.status().value();
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            log.debug("The client of {} {} went away", method, path);
        } else if (status == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            log.error("{} {} failed", method, path, exception);
        } else if (status > HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            log.warn("{} {}: {}: {}", method, path, failure.detail(), exception.toString());
        } else {
            log.debug("{} {}: {}", method, path, failure.detail());
        }
    }

    static ResponseEntity<Problem> entity(Failure failure, HttpServletRequest request) {
        return ResponseEntity.status(failure.status())
                .headers(failure.headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(failure.problem(RequestIdentity.of(request)));
    }
}
