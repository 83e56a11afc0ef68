package dev.descent.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            log.debug("The client of {} {} went away", request.getMethod(), request.getRequestURI());
        } else if (failure.status().is5xxServerError()
                && failure.kind().equals(Failure.ours().kind())) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
        } else {
            log.debug("{} {}: {}", request.getMethod(), request.getRequestURI(), failure.detail());
        }
        return response.isCommitted() ? null : entity(failure, request);
    }

    static ResponseEntity<Problem> entity(Failure failure, HttpServletRequest request) {
        return ResponseEntity.status(failure.status())
                .headers(failure.headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(failure.problem(RequestIdentity.of(request)));
    }
}
