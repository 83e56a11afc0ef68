package dev.descent.core.data;

import java.util.List;

/// A text that is no table: the first flaws in it, and how many there are altogether.
public final class InvalidTable extends RuntimeException {

    /// How many flaws are named; the rest are only counted.
    public static final int NAMED = 20;

    /// With this many, nobody reads on: there may be more.
    public static final int COUNTED = 10_000;

    private final transient List<Flaw> flaws;
    private final long total;

    InvalidTable(List<Flaw> flaws, long total) {
        super(flaws.getFirst().message());
        this.flaws = List.copyOf(flaws);
        this.total = total;
    }

    public InvalidTable(Flaw flaw) {
        this(List.of(flaw), 1);
    }

    public List<Flaw> flaws() {
        return flaws;
    }

    public long total() {
        return total;
    }
}
