package dev.descent.core.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The second reading of a text with categorical columns: which different texts they hold.
final class CategoryCollector extends Rows {

    private final Survey.Plan plan;
    private final TableLimits limits;
    private final List<Set<String>> texts = new ArrayList<>();
    private final boolean[] anyMissing;
    private long count;
    private long characters;

    CategoryCollector(Survey.Plan plan, TextOptions options, TableLimits limits) {
        super(plan, options);
        this.plan = plan;
        this.limits = limits;
        plan.types().forEach(type -> texts.add(new HashSet<>()));
        anyMissing = new boolean[texts.size()];
    }

    @Override
    void cell(int column, boolean missing, char[] buffer, int offset, int length) {
        anyMissing[column] |= missing;
        if (missing || plan.types().get(column) == ColumnType.NUMERIC) {
            return;
        }
        String text = new String(buffer, offset, length);
        if (texts.get(column).add(text)) {
            count++;
            characters += length;
            if (texts.get(column).size() > limits.categories()) {
                throw tooMany(
                        column,
                        "column " + plan.names().get(column) + " holds more than " + limits.categories()
                                + " different texts; leave it out, or declare it numeric");
            }
            if (count > TableLimits.ALL_CATEGORIES || characters > TableLimits.ALL_CATEGORY_CHARACTERS) {
                throw tooMany(
                        column,
                        "the columns together hold more than " + TableLimits.ALL_CATEGORIES
                                + " different texts, or texts of more than " + TableLimits.ALL_CATEGORY_CHARACTERS
                                + " characters");
            }
        }
    }

    private InvalidTable tooMany(int column, String message) {
        return new InvalidTable(new Flaw("too-many-categories", message, line(), column + 1));
    }

    /// The columns' headings; categories sorted by their characters' codes.
    List<Heading> headings() {
        List<Heading> headings = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            List<String> categories = texts.get(i).stream().sorted().toList();
            headings.add(new Heading(plan.names().get(i), plan.types().get(i), categories));
        }
        return headings;
    }

    /// What the columns' cells need.
    List<Storage> storages() {
        List<Storage> storages = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Storage codes = Storage.BYTE.with(Math.max(0, texts.get(i).size() - 1));
            storages.add(
                    switch (plan.types().get(i)) {
                        case NUMERIC -> plan.storages().get(i);
                        case CATEGORICAL -> anyMissing[i] ? codes.with(Double.NaN) : codes;
                    });
        }
        return storages;
    }
}
