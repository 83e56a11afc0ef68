package dev.descent.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An upload that is refused: with which problem, and where its first error is (0 where the whole is meant).
record BadTable(String what, String query, byte[] body, String type, String code, long line, int column) {

    BadTable(String what, String body, String code, long line, int column) {
        this(what, "", body.getBytes(UTF_8), "dataset-invalid", code, line, column);
    }

    BadTable(String what, String query, String body, String code, long line, int column) {
        this(what, query, body.getBytes(UTF_8), "dataset-invalid", code, line, column);
    }

    @Override
    public String toString() {
        return what;
    }

    static Stream<BadTable> texts() {
        String wide = String.join(
                ",", IntStream.range(0, 10_001).mapToObj(i -> "c" + i).toList());
        return Stream.of(
                new BadTable("U1 no bytes", "", "empty", 0, 0),
                new BadTable("U1 only white space", " \n\t\n \r\n", "empty", 0, 0),
                new BadTable("U1 only blank lines", "\n\n\n", "empty", 0, 0),
                new BadTable("U2 header only", "x,y\n", "no-rows", 2, 0),
                new BadTable("U3 fewer fields", "x,y\n1,2\n3\n4,5\n", "ragged-row", 3, 2),
                new BadTable("U3 more fields", "x,y\n1,2\n3,4,5\n", "ragged-row", 3, 3),
                bytes("U5 UTF-16", "x,y\n1,2\n".getBytes(UTF_16), "encoding", 0),
                bytes("U5 Latin-1", "x,y\n1,gr\u00fcn\n".getBytes(ISO_8859_1), "encoding", 2),
                bytes("U5 cut character", new byte[] {'x', '\n', '1', '\n', (byte) 0xc3}, "encoding", 3),
                new BadTable("U6 NUL", "x,y\n1,a\u0000b\n", "control-character", 2, 2),
                new BadTable("U6 escape", "x,y\n1,\u001b[31m\n", "control-character", 2, 2),
                new BadTable("U7 NaN", "x,y\n1,2\nNaN,3\n", "non-finite", 3, 1),
                new BadTable("U7 nan", "x,y\n1,2\n1,nan\n", "non-finite", 3, 2),
                new BadTable("U7 inf", "x,y\n1,2\n-inf,3\n", "non-finite", 3, 1),
                new BadTable("U7 Infinity", "x,y\n1,2\nInfinity,3\n", "non-finite", 3, 1),
                new BadTable("U8 1e400", "x,y\n1,2\n1e400,3\n", "out-of-range", 3, 1),
                new BadTable("U8 400 digits", "x,y\n1,2\n1," + "9".repeat(400) + "\n", "out-of-range", 3, 2),
                new BadTable("U10 1d", "x,y\n1,2\n1d,3\n", "not-a-number", 3, 1),
                new BadTable("U10 1f", "x,y\n1,2\n1,3f\n", "not-a-number", 3, 2),
                new BadTable("U10 0x1p3", "x,y\n1,2\n0x1p3,3\n", "not-a-number", 3, 1),
                new BadTable("U10 1_0", "x,y\n1,2\n1_0,3\n", "not-a-number", 3, 1),
                new BadTable("U10 digits of another script", "x,y\n1,2\n\u0661,3\n", "not-a-number", 3, 1),
                new BadTable("U10 1 000", "x,y\n1,2\n1 000,3\n", "not-a-number", 3, 1),
                new BadTable("U11 decimal comma", "?delimiter=;", "x;y\n1;2\n3,14;4\n", "decimal-comma", 3, 1),
                new BadTable("U12 semicolons", "x;y\n1;2\n", "single-column", 1, 1),
                new BadTable("U12 semicolons and decimal commas", "x;y\n1,5;2\n", "single-column", 1, 1),
                new BadTable("U12 tabs", "x\ty\n1\t2\n", "single-column", 1, 1),
                new BadTable(
                        "U15 quote that never closes", "x,y\n1,\"" + "a,b\n".repeat(100_000), "field-too-long", 2, 2),
                new BadTable("U15 quote that does not close", "x,y\n1,\"a\n", "unclosed-quote", 2, 2),
                new BadTable("text after a quote", "x,y\n1,\"a\"b\n", "text-after-quote", 2, 2),
                new BadTable("U16 long field", "x,y\n1," + "a".repeat(70_000) + "\n", "field-too-long", 2, 2),
                new BadTable("U16 long name", "x," + "y".repeat(10_000) + "\n1,2\n", "field-too-long", 1, 2),
                new BadTable("U17 many columns", wide + "\n", "too-many-columns", 1, 10_001),
                new BadTable("U17 many rows", "x\n" + "1\n".repeat(1001), "too-many-rows", 1002, 0),
                new BadTable("U17 many rows without a header", "1\n".repeat(1001), "too-many-rows", 1001, 0),
                new BadTable("U18 same name", "x,y,x\n1,2,3\n", "duplicate-column", 1, 3),
                new BadTable("U18 same name but for space", "x, x\n1,2\n", "duplicate-column", 1, 2),
                new BadTable("U18 same name composed otherwise", "\u00e9,e\u0301\n1,2\n", "duplicate-column", 1, 2),
                new BadTable("U18 blank name", "x,,z\n1,2,3\n", "blank-column", 1, 2),
                new BadTable("U19 control character in a name", "x,a\u0007b\n1,2\n", "control-character", 1, 2),
                new BadTable("U19 line break in a name", "x,\"a\nb\"\n1,2\n", "control-character", 1, 2),
                new BadTable(
                        "U22 text in a declared column", "?types=x:numeric", "x,y\n1,2\nabc,3\n", "not-a-number", 3, 1),
                new BadTable("U23 nothing but missing", "x,y\n1,\n2,\n", "all-missing", 1, 2),
                bytes("U29 zip", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}, "looks-like-zip", 0),
                bytes("U29 xlsx", "PK\u0003\u0004....[Content_Types].xml".getBytes(UTF_8), "looks-like-xlsx", 0),
                bytes("U29 parquet", "PAR1....".getBytes(UTF_8), "looks-like-parquet", 0),
                bytes("U29 png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "looks-like-png", 0));
    }

    private static BadTable bytes(String what, byte[] body, String code, long line) {
        return new BadTable(what, "", body, "dataset-invalid", code, line, 0);
    }

    static Stream<BadTable> options() {
        byte[] table = "x,y\n1,2\n".getBytes(UTF_8);
        String texts = "x\n"
                + String.join(
                        "\n", IntStream.range(0, 101).mapToObj(i -> "t" + i).toList());
        return Stream.of(
                bytes("U29 half a gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0}, "truncated-gzip", 0),
                new BadTable(
                        "U25 many categories",
                        "",
                        texts.getBytes(UTF_8),
                        "validation-failed",
                        "too-many-categories",
                        102,
                        1),
                new BadTable(
                        "unknown declared column",
                        "?types=z:numeric",
                        table,
                        "validation-failed",
                        "unknown-column",
                        0,
                        0),
                new BadTable("unknown type", "?types=x:number", table, "validation-failed", "unknown-option", 0, 0),
                new BadTable(
                        "type without column", "?types=numeric", table, "validation-failed", "unknown-option", 0, 0),
                new BadTable("long delimiter", "?delimiter=abc", table, "validation-failed", "unknown-option", 0, 0),
                new BadTable(
                        "quote as delimiter", "?delimiter=%22", table, "validation-failed", "unknown-option", 0, 0),
                new BadTable(
                        "decimal is the delimiter", "?decimal=,", table, "validation-failed", "unknown-option", 0, 0),
                new BadTable("unknown header", "?header=yes", table, "validation-failed", "unknown-option", 0, 0),
                new BadTable("blank name", "?name=%20", table, "validation-failed", "invalid-name", 0, 0),
                new BadTable("long name", "?name=" + "n".repeat(201), table, "validation-failed", "invalid-name", 0, 0),
                new BadTable(
                        "line break in the name", "?name=a%0Ab", table, "validation-failed", "invalid-name", 0, 0));
    }
}
