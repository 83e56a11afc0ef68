package dev.descent.model;

import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.dataset.Dataset;
import dev.descent.fault.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dataset's rows as a model wants them: its columns found by name, categories and classes by their texts, in which
/// two tables may number them differently. A dataset that the model cannot be measured on is refused, with every
/// reason.
final class TableRows {

    private static final int MOST_SHOWN = 20;

    private final ModelDescription model;
    private final Dataset dataset;
    private final List<Violation> violations = new ArrayList<>();
    private final int[] places; // of each feature in the table
    private final int[][] codes; // of each feature's categories in the model; empty for numbers
    private final int target;
    private final Map<Double, Double> classes = new HashMap<>(); // cell of the target -> cell that the model knows

    TableRows(ModelDescription model, Dataset dataset) {
        this.model = model;
        this.dataset = dataset;
        Map<String, Integer> names = new HashMap<>();
        for (Column column : dataset.columns()) {
            names.put(column.name(), names.size());
        }
        List<Heading> features = model.features().columns();
        places = new int[features.size()];
        codes = new int[features.size()][];
        for (int i = 0; i < places.length; i++) {
            Integer place = names.get(features.get(i).name());
            places[i] = place == null ? -1 : place;
            codes[i] = place == null
                    ? missing(features.get(i))
                    : feature(features.get(i), dataset.columns().get(place));
        }
        Integer place = names.get(model.target().column());
        target = place == null ? -1 : place;
        if (place == null) {
            refuse(
                    "missing-column",
                    "the dataset has no column " + model.target().column() + ", the target",
                    null);
        } else {
            target(dataset.columns().get(place));
        }
        if (!violations.isEmpty()) {
            throw new RowsRefused(violations);
        }
    }

    private void refuse(String code, String message, @Nullable Object value) {
        if (violations.size() < MOST_SHOWN) {
            violations.add(new Violation("/datasetId", code, message, value));
        }
    }

    private int[] missing(Heading feature) {
        refuse("missing-column", "the dataset has no column " + feature.name(), null);
        return new int[0];
    }

    private int[] feature(Heading feature, Column column) {
        requireValues(column);
        if (feature.type() != column.type()) {
            refuse(
                    "column-type",
                    "column " + column.name() + " is " + word(column.type()) + " in the dataset, "
                            + word(feature.type()) + " to the model",
                    null);
            return new int[0];
        }
        Map<String, Integer> known = new HashMap<>();
        for (String category : feature.categories()) {
            known.put(category, known.size());
        }
        List<String> categories = column.heading().categories();
        int[] mapped = new int[categories.size()];
        for (int i = 0; i < mapped.length; i++) {
            Integer code = known.get(categories.get(i));
            if (code == null) {
                refuse(
                        "unseen-category",
                        "column " + column.name() + " had no category " + Complaints.abridged(categories.get(i))
                                + " in training",
                        Complaints.abridged(categories.get(i)));
            } else {
                mapped[i] = code;
            }
        }
        return mapped;
    }

    private void requireValues(Column column) {
        if (column.missing() > 0) {
            refuse(
                    "missing-values",
                    "column " + column.name() + " has no value in " + column.missing() + " rows",
                    column.name());
        }
    }

    private static String word(ColumnType type) {
        return switch (type) {
            case NUMERIC -> "numeric";
            case CATEGORICAL -> "categorical";
        };
    }

    private void target(Column column) {
        requireValues(column);
        if (model.target().form() == Target.Form.VALUE) {
            if (column.type() != ColumnType.NUMERIC) {
                refuse(
                        "target-type",
                        "column " + column.name() + " holds categories; the model predicts a number",
                        null);
            }
            return;
        }
        if (column.type() == ColumnType.CATEGORICAL) {
            List<String> categories = column.heading().categories();
            for (int i = 0; i < categories.size(); i++) {
                Double known = known(categories.get(i));
                if (known == null) {
                    unseenClass(categories.get(i));
                } else {
                    classes.put((double) i, known);
                }
            }
        }
    }

    private @Nullable Double known(String label) {
        int place = model.target().classes().indexOf(label);
        return place < 0 ? null : model.target().cells()[place];
    }

    private void unseenClass(String label) {
        if (violations.size() < MOST_SHOWN) {
            violations.add(new Violation(
                    "/datasetId",
                    "unseen-class",
                    "column " + model.target().column() + " holds " + Complaints.abridged(label)
                            + ", which is no class of the model",
                    Complaints.abridged(label),
                    model.target().classes().stream().limit(100).toList(),
                    null,
                    null));
        }
    }

    /// Writes the model's cells of a row of the table.
    void features(double[] row, double[] cells) {
        for (int i = 0; i < cells.length; i++) {
            double cell = row[places[i]];
            cells[i] = codes[i].length == 0 ? cell : codes[i][(int) cell];
        }
    }

    /// The target's cell of a row of the table, as the model numbers it.
    double target(double[] row) {
        double cell = row[target] + 0.0;
        if (model.target().form() == Target.Form.VALUE) {
            return cell;
        }
        Double known = classes.get(cell);
        if (known == null) {
            known = number(cell);
            classes.put(cell, known);
        }
        return known;
    }

    private double number(double cell) {
        Double known = known(Target.label(cell));
        if (known == null) {
            unseenClass(Target.label(cell));
            throw new RowsRefused(violations);
        }
        return known;
    }
}
