package dev.descent.model;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.descent.core.data.Target;
import dev.descent.core.nn.Forecast;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Writes predictions as text, a line each.
abstract class TextAnswer {

    abstract void write(Prediction prediction) throws IOException;

    abstract void flush() throws IOException;

    /// A header, then `value` (and `standardDeviation` of a distribution), or `label` and a `probability of` each
    /// class. Of several targets each has these columns, named after it.
    static TextAnswer csv(ModelDescription model, Writer target) {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(target);
        csv.writeRecord(header(model));
        return new TextAnswer() {

            @Override
            void write(Prediction prediction) {
                csv.writeRecord(fields(prediction));
            }

            @Override
            void flush() throws IOException {
                csv.flush();
            }
        };
    }

    static TextAnswer ndjson(JsonMapper json, Writer target) {
        return new TextAnswer() {

            @Override
            void write(Prediction prediction) throws IOException {
                target.write(json.writeValueAsString(prediction));
                target.write('\n');
            }

            @Override
            void flush() throws IOException {
                target.flush();
            }
        };
    }

    private static List<String> header(ModelDescription model) {
        if (model.answersSeveral()) {
            return TargetAnswer.of(model.interpretation(), 1).stream()
                    .flatMap(answer -> answer.header().stream())
                    .toList();
        }
        if (model.target().form() == Target.Form.VALUE) {
            return Forecast.isDistribution(model.loss()) ? List.of("value", "standardDeviation") : List.of("value");
        }
        List<String> header = new ArrayList<>();
        header.add("label");
        if (Predictor.sharesAreProbabilities(model)) {
            model.target().classes().forEach(label -> header.add("probability of " + label));
        }
        return header;
    }

    private static List<String> fields(Prediction prediction) {
        return prediction.targets() == null
                ? fields(prediction.ofOnlyTarget())
                : prediction.targets().values().stream()
                        .flatMap(target -> fields(target).stream())
                        .toList();
    }

    private static List<String> fields(Prediction.OfTarget prediction) {
        if (prediction.value() != null) {
            Double deviation = prediction.standardDeviation();
            return deviation == null
                    ? List.of(prediction.value().toString())
                    : List.of(prediction.value().toString(), deviation.toString());
        }
        List<String> fields = new ArrayList<>();
        fields.add(harmless(String.valueOf(prediction.label())));
        Map<String, Double> probabilities = prediction.probabilities();
        if (probabilities != null) {
            probabilities.values().forEach(probability -> fields.add(probability.toString()));
        }
        return fields;
    }

    /// Text that a spreadsheet would take for a formula gets a `'` in front.
    private static String harmless(String label) {
        boolean formula = !label.isEmpty() && "=+-@\t\r".indexOf(label.charAt(0)) >= 0;
        return formula && !Pattern.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?", label) ? "'" + label : label;
    }
}
