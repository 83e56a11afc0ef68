package dev.descent.model;

import dev.descent.fault.Violation;
import dev.descent.storage.DataDirectory;
import dev.descent.storage.Disk;
import dev.descent.tenant.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Predicts the rows of a text of any length in fixed memory.
///
/// The answer waits on the disk until the last row is done: a client that sends everything before it reads would
/// otherwise block, and a row that is refused would cut an answer short that had begun with 200.
@Component
class TextPredictions {

    private final ModelFiles files;
    private final DataDirectory directory;
    private final Disk disk;
    private final JsonMapper json;
    private final PredictionProperties properties;

    TextPredictions(
            ModelFiles files, DataDirectory directory, Disk disk, JsonMapper json, PredictionProperties properties) {
        this.files = files;
        this.directory = directory;
        this.disk = disk;
        this.json = json;
        this.properties = properties;
    }

    private interface Source {
        TextRows rows(ModelDescription model, Reader text, Complaints complaints);
    }

    private interface Sink {
        TextAnswer answer(ModelDescription model, Writer target);
    }

    void answerCsv(Tenant tenant, String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        answer(tenant, id, request, response, CsvRows::new, TextAnswer::csv);
    }

    void answerNdjson(Tenant tenant, String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/x-ndjson");
        answer(
                tenant,
                id,
                request,
                response,
                (model, text, complaints) -> new NdjsonRows(model, text, json, complaints),
                (model, target) -> TextAnswer.ndjson(json, target));
    }

    private void answer(
            Tenant tenant,
            String id,
            HttpServletRequest request,
            HttpServletResponse response,
            Source source,
            Sink sink)
            throws IOException {
        try (LoadedModel model = files.load(tenant, id, Predictor.CHUNK);
                Reader text =
                        PredictionText.of(request, properties.maximumBytes().toBytes());
                Spool spool = new Spool(directory.temporary(), disk)) {
            TextRows rows = source.rows(model.description(), text, new Complaints());
            var target = new BufferedWriter(new OutputStreamWriter(spool, StandardCharsets.UTF_8));
            TextAnswer answer = sink.answer(model.description(), target);
            predict(model, rows, answer);
            answer.flush();
            target.flush();
            response.setContentLengthLong(spool.size());
            spool.transferTo(response.getOutputStream());
        }
    }

    private static void predict(LoadedModel model, TextRows rows, TextAnswer answer) throws IOException {
        var predictor =
                new Predictor(model, Predictor.CHUNK, Set.of(), (row, message) -> notFinite(rows.line(row), message));
        double[][] cells = new double[Predictor.CHUNK]
                [model.description().features().columns().size()];
        long predicted = 0;
        for (int count = rows.read(cells); count > 0; count = rows.read(cells)) {
            for (Prediction prediction : predictor.predict(cells, count)) {
                answer.write(prediction);
            }
            predicted += count;
        }
        if (predicted == 0) {
            throw new RowsRefused(new Violation("", "no-rows", "there are no rows to predict"));
        }
    }

    private static RowsRefused notFinite(long line, String message) {
        return new RowsRefused(new Violation("", "prediction-not-finite", message, null, List.of(), line, null));
    }
}
