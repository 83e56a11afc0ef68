package dev.descent.web.json;

import dev.descent.fault.Malformed;
import dev.descent.fault.NotFound;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// Refuses a query parameter that the operation does not have, or has once and is given twice: a misspelt `limit` would
/// otherwise go unnoticed.
final class StrictParameters implements HandlerInterceptor {

    private static final String HOME = "dev.descent.";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                || !(handler instanceof HandlerMethod method)
                || !method.getBeanType().getName().startsWith(HOME)) {
            return true;
        }
        if (request.getRequestURI().indexOf(';') >= 0) {
            throw new NotFound("not-found", "Not found", "Nothing is found under this address: it holds a ;");
        }
        if (request.getQueryString() != null) {
            requireKnown(given(request.getQueryString()), known(method));
        }
        return true;
    }

    private static MultiValueMap<String, String> given(String query) {
        return UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
    }

    /// The operation's parameters by name; true where one may be repeated.
    private static Map<String, Boolean> known(HandlerMethod method) {
        Map<String, Boolean> known = new LinkedHashMap<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                String name =
                        annotation.name().isEmpty() ? parameter.getParameter().getName() : annotation.name();
                Class<?> type = parameter.getParameterType();
                known.put(name, type.isArray() || Collection.class.isAssignableFrom(type));
            }
        }
        return known;
    }

    private static void requireKnown(MultiValueMap<String, String> given, Map<String, Boolean> known) {
        given.forEach((raw, values) -> {
            String name = UriUtils.decode(raw, StandardCharsets.UTF_8);
            Boolean repeatable = known.get(name);
            if (repeatable == null) {
                throw unknown(name, known);
            }
            if (!repeatable && values.size() > 1) {
                String message =
                        "the query parameter " + name + " is given " + values.size() + " times; once is enough";
                throw new Malformed(
                        "malformed-request",
                        "Malformed request",
                        message,
                        List.of(new Violation("?" + name, "duplicate-parameter", message)));
            }
        });
    }

    private static Refused unknown(String name, Map<String, Boolean> known) {
        List<String> names = List.copyOf(known.keySet());
        Optional<String> meant = Nearest.to(name, names);
        String message = "there is no query parameter " + Reading.abridged(name) + " here"
                + meant.map(guess -> "; did you mean " + guess + "?").orElse("");
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(
                        "?" + Reading.abridged(name), "unknown-parameter", message, null, names, null, null)));
    }
}
