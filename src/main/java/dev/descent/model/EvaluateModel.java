package dev.descent.model;

import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Damaged;
import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures models on datasets: the rows pass through in chunks and leave only what the measures keep of them.
@Component
class EvaluateModel {

    private final ModelFiles files;
    private final Datasets datasets;
    private final JsonMapper json;

    EvaluateModel(ModelFiles files, Datasets datasets, JsonMapper json) {
        this.files = files;
        this.datasets = datasets;
        this.json = json;
    }

    Evaluation evaluate(Tenant tenant, String id, EvaluationRequest request) {
        int points = request.points();
        try (LoadedModel model = files.load(tenant, id, Predictor.CHUNK)) {
            requireOneTarget(model.description());
            Dataset dataset = dataset(tenant, request.datasetId());
            var rows = new TableRows(model.description(), dataset);
            try (Table table = datasets.open(dataset)) {
                BitSet chosen = chosen(model.description(), request.part(), dataset, table);
                var measures = new Measures(model.description());
                pass(model, table, rows, chosen, measures);
                return measures.evaluation(id, dataset.id(), request.part(), points);
            } catch (IOException e) {
                throw new Damaged("the table of dataset " + dataset.id() + " cannot be used: " + e.getMessage());
            }
        }
    }

    private static void requireOneTarget(ModelDescription model) {
        if (model.answersSeveral()) {
            throw new RowsRefused(new Violation(
                    "",
                    "several-targets",
                    "evaluations are of models with one target; this one answers several: its metrics tell of each"));
        }
    }

    private Dataset dataset(Tenant tenant, String idOrName) {
        try {
            return datasets.resolve(tenant, idOrName);
        } catch (DatasetNotFound unknown) {
            throw new RowsRefused(
                    new Violation("/datasetId", "reference-not-found", "no dataset has this id or name", idOrName));
        }
    }

    /// The rows of a part of the model's own data; null for all rows.
    private @Nullable BitSet chosen(
            ModelDescription model, EvaluationRequest.@Nullable Part part, Dataset dataset, Table table)
            throws IOException {
        if (part == null) {
            return null;
        }
        Provenance provenance = model.provenance();
        if (!dataset.sha256().equals(provenance.tableSha256())) {
            throw new RowsRefused(new Violation(
                    "/part", "other-dataset", "only the table that the model was trained on has its parts"));
        }
        JsonNode spec = json.readTree(provenance.spec());
        Split split = json.treeToValue(spec.get("split"), Split.class);
        double[] cells = table.column(model.target().column());
        Split.Parts parts = split.rows(model.target(), cells, spec.get("seed").longValue());
        int[] wanted = switch (part) {
            case TRAINING -> parts.training();
            case VALIDATION -> parts.validation();
            case TEST -> parts.test();
        };
        if (wanted.length == 0) {
            throw new RowsRefused(new Violation("/part", "no-rows", "the model's job held no rows out for this"));
        }
        var chosen = new BitSet();
        Arrays.stream(wanted).forEach(chosen::set);
        return chosen;
    }

    private static void pass(LoadedModel model, Table table, TableRows rows, @Nullable BitSet chosen, Measures measures)
            throws IOException {
        var chunk = new Chunk(model, rows, measures);
        table.visit(0, table.rows(), (index, row) -> {
            if (chosen == null || chosen.get((int) index)) {
                chunk.add(index, row);
            }
        });
        chunk.flush();
    }

    /// Rows that wait until enough have come to pass through the network together.
    private static final class Chunk {

        private final TableRows rows;
        private final Measures measures;
        private final Predictor predictor;
        private final double[][] cells;
        private final double[] targets = new double[Predictor.CHUNK];
        private final long[] indices = new long[Predictor.CHUNK];
        private int count;

        Chunk(LoadedModel model, TableRows rows, Measures measures) {
            this.rows = rows;
            this.measures = measures;
            predictor = new Predictor(model, Predictor.CHUNK, Set.of(), this::notFinite);
            cells = new double[Predictor.CHUNK]
                    [model.description().features().columns().size()];
        }

        private RowsRefused notFinite(int row, String message) {
            return new RowsRefused(new Violation(
                    "/datasetId",
                    "prediction-not-finite",
                    "row " + indices[row] + " (counted from 0) cannot be answered: " + message,
                    indices[row]));
        }

        void add(long index, double[] row) {
            rows.features(row, cells[count]);
            targets[count] = rows.target(row);
            indices[count++] = index;
            if (count == targets.length) {
                flush();
            }
        }

        void flush() {
            if (count > 0) {
                predictor.pass(cells, 0, count);
                measures.see(predictor, targets, count);
                count = 0;
            }
        }
    }
}
