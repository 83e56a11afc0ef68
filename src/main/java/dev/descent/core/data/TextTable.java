package dev.descent.core.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Turns text into a table: types inferred or declared, categories coded, everything odd refused or warned of.
///
/// The records are read two or three times (names and types; categories, where there are any; cells), so that what is
/// kept in memory does not grow with the number of rows.
public final class TextTable {

    private TextTable() {}

    /// Writes the table to `target`, which stays open; what was written before an [InvalidTable] is worthless.
    public static TableSummary write(TextRecords records, TextOptions options, TableLimits limits, OutputStream target)
            throws IOException {
        var survey = new Survey(options, limits);
        records.read(survey);
        Survey.Plan plan = survey.plan();

        var categories = new CategoryCollector(plan, options, limits);
        if (plan.anyCategorical()) {
            records.read(categories);
        }
        List<Heading> headings = categories.headings();

        var writer = new TableWriter(target, headings, categories.storages(), plan.rows());
        var cells = new CellEncoder(plan, options, headings, writer);
        records.read(cells);
        cells.requireNoFlaws();
        return TableSummary.of(plan.rows(), writer.finish(), cells.warnings(plan.warnings()));
    }
}
