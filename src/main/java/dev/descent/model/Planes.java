package dev.descent.model;

import dev.descent.core.data.Cells;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.tenant.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lays planes through the features of models, with what is known of the data that they were trained on.
@Component
public class Planes {

    private static final int SHOWN_ROWS = 400;

    private final Datasets datasets;

    Planes(Datasets datasets) {
        this.datasets = datasets;
    }

    /// The plane that is asked for. Where nothing is said a column varies over its range in the data, or is held at its
    /// mean or its most frequent category; of data that is deleted all has to be said.
    public Plane lay(Tenant tenant, String datasetId, List<Heading> features, PlaneQuery query) {
        Dataset dataset = find(tenant, datasetId);
        return query.among(features, new PlaneQuery.Known() {
            @Override
            public double @Nullable [] range(String name) {
                Column column = column(dataset, name);
                Double least = column == null ? null : column.minimum();
                Double greatest = column == null ? null : column.maximum();
                return least == null || greatest == null ? null : new double[] {least, greatest};
            }

            @Override
            public @Nullable Double usual(Heading heading) {
                Column column = column(dataset, heading.name());
                if (dataset == null || column == null) {
                    return null;
                }
                if (heading.type() == ColumnType.NUMERIC) {
                    return column.mean();
                }
                return mostFrequent(dataset, heading);
            }
        });
    }

    /// Up to 400 rows of the data, evenly spread, where a plane shows them; null of data that is deleted.
    public @Nullable Scatter scatter(Tenant tenant, String datasetId, Plane plane, String target) {
        Dataset dataset = find(tenant, datasetId);
        if (dataset == null) {
            return null;
        }
        try (Table table = datasets.open(dataset)) {
            Plane.Span y = plane.y();
            Cells cells = table.cells(
                    table.indexOf(plane.x().column()),
                    table.indexOf(y == null ? target : y.column()),
                    table.indexOf(target));
            int count = Math.min(SHOWN_ROWS, cells.rows());
            Heading heading = table.headings().get(table.indexOf(target));
            var scatter = new Scatter(new double[count], new double[count], new double[count], new String[count]);
            for (int i = 0; i < count; i++) {
                int row = (int) ((long) i * cells.rows() / count);
                scatter.x()[i] = cells.get(0, row);
                scatter.y()[i] = cells.get(1, row);
                double cell = cells.get(2, row);
                boolean number = heading.type() == ColumnType.NUMERIC;
                scatter.target()[i] = number ? cell : Double.NaN;
                scatter.labels()[i] = Double.isNaN(cell)
                        ? ""
                        : number ? Target.label(cell) : heading.categories().get((int) cell);
            }
            return scatter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Dataset find(Tenant tenant, String id) {
        try {
            return datasets.find(tenant, id);
        } catch (DatasetNotFound deleted) {
            return null;
        }
    }

    private static @Nullable Column column(@Nullable Dataset dataset, String name) {
        return dataset == null
                ? null
                : dataset.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    /// The first of equals.
    private double mostFrequent(Dataset dataset, Heading heading) {
        int[] counts = new int[heading.categories().size()];
        try (Table table = datasets.open(dataset)) {
            for (double cell : table.column(heading.name())) {
                if (!Double.isNaN(cell)) {
                    counts[(int) cell]++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return most;
    }
}
