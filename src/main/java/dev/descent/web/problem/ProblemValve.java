package dev.descent.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Writes Tomcat's own refusals (a bad request line, a bad header) as problem documents instead of pages.
///
/// `CONNECT`, which Tomcat answers with 501, is a method like any other that is not offered.
final class ProblemValve extends ErrorReportValve {

    private final JsonMapper json;

    ProblemValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if ("CONNECT".equals(request.getMethod())) {
            status = HttpServletResponse.SC_METHOD_NOT_ALLOWED;
            response.setStatus(status);
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, DELETE, OPTIONS");
        }
        RequestIdentity identity = RequestIdentity.of(request.getRequest());
        response.setHeader(RequestIdentity.HEADER, identity.requestId());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("utf-8");
        try {
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(json.writeValueAsString(Failure.of(status).problem(identity)));
                response.finishResponse();
            }
        } catch (IOException e) {
            container.getLogger().debug("The answer could not be written", e);
        }
    }
}
