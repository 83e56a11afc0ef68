package dev.descent.dataset;

import dev.descent.core.data.Flaw;
import dev.descent.core.data.InvalidTable;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// The upload is no table: its first flaws by line and column, and how many there are.
final class InvalidDataset extends Refused {

    private InvalidDataset(String type, String title, InvalidTable invalid) {
        super(
                type,
                title,
                detail(invalid),
                invalid.flaws().stream().map(InvalidDataset::violation).toList());
    }

    static InvalidDataset of(InvalidTable invalid) {
        return switch (invalid.flaws().getFirst().code()) {
            case "too-many-categories", "unknown-column" ->
                new InvalidDataset("validation-failed", "Validation failed", invalid);
            default -> new InvalidDataset("dataset-invalid", "Invalid dataset", invalid);
        };
    }

    private static String detail(InvalidTable invalid) {
        Flaw first = invalid.flaws().getFirst();
        String place = first.line() == null ? "" : "line " + first.line() + ": ";
        String count = (invalid.total() < InvalidTable.COUNTED ? "" : "at least ") + invalid.total();
        String more = invalid.total() == 1 ? "" : " (the first of " + count + " errors)";
        return place + first.message() + more;
    }

    private static Violation violation(Flaw flaw) {
        String part = flaw.part() == null ? "" : flaw.part();
        String pointer = flaw.code().equals("unknown-column") ? "?types" : part;
        return new Violation(pointer, flaw.code(), flaw.message(), null, List.of(), flaw.line(), flaw.column());
    }
}
