package dev.descent.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows as lines of JSON, each an object from column to value or a list of values. Empty lines are passed over.
final class NdjsonRows implements TextRows {

    private static final int LONGEST_LINE = 1 << 20;

    private final BufferedReader text;
    private final JsonMapper json;
    private final Complaints complaints;
    private final JsonRows rows;
    private long line;
    private long[] lines = new long[0];

    NdjsonRows(ModelDescription model, Reader text, JsonMapper json, Complaints complaints) {
        this.text = new BufferedReader(text);
        this.json = json;
        this.complaints = complaints;
        rows = new JsonRows(model.features().columns(), complaints);
    }

    @Override
    public int read(double[][] cells) throws IOException {
        lines = new long[cells.length];
        int count = 0;
        while (count < cells.length && !complaints.full()) {
            String next = nextLine();
            if (next == null) {
                break;
            }
            line++;
            if (!next.isBlank()) {
                complaints.at(line, null);
                lines[count] = line;
                read(next, cells[count++]);
            }
        }
        complaints.throwIfAny();
        return count;
    }

    private void read(String document, double[] cells) {
        try {
            JsonNode row = json.readTree(document);
            rows.read(row, "", cells);
        } catch (JacksonException e) {
            complaints.malformed("", "json", "the line is not one JSON document: " + e.getOriginalMessage());
        }
    }

    /// The next line without its end; null after the last. Memory is bounded whatever comes.
    private @Nullable String nextLine() throws IOException {
        var characters = new StringBuilder();
        for (int c = character(); c >= 0; c = character()) {
            if (c == '\n') {
                return characters.toString();
            }
            if (characters.length() == LONGEST_LINE) {
                complaints.at(line + 1, null);
                complaints.malformed("", "line-too-long", "a line may have " + LONGEST_LINE + " characters");
                complaints.throwIfAny();
            }
            characters.append((char) c);
        }
        return characters.isEmpty() ? null : characters.toString();
    }

    private int character() throws IOException {
        try {
            return text.read();
        } catch (CharacterCodingException e) {
            complaints.at(line + 1, null);
            complaints.malformed("", "encoding", "the text is not UTF-8");
            complaints.throwIfAny();
            throw e;
        }
    }

    @Override
    public long line(int i) {
        return lines[i];
    }
}
