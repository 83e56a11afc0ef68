package dev.descent.training.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.Collections;
import java.util.List;

/// Markdown with TeX between dollar signs, as notebooks and most viewers show it.
final class MarkdownDocument implements Document {

    private static final String MARKS = "\\`*_{}[]<>#|$~&";

    private final Writer out;

    MarkdownDocument(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(String title) throws IOException {
        out.write("# " + title + "\n");
    }

    @Override
    public void heading(String text) throws IOException {
        out.write("\n## " + text + "\n");
    }

    @Override
    public void paragraph(String text) throws IOException {
        out.write("\n" + text + "\n");
    }

    @Override
    public void formula(String tex) throws IOException {
        out.write("\n$$\n" + tex + "\n$$\n");
    }

    @Override
    public void table(List<String> heading, List<List<String>> rows) throws IOException {
        out.write("\n");
        row(heading);
        row(Collections.nCopies(heading.size(), "---"));
        for (List<String> row : rows) {
            row(row);
        }
    }

    private void row(List<String> cells) throws IOException {
        out.write("| " + String.join(" | ", cells) + " |\n");
    }

    @Override
    public void end() {}

    @Override
    public String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }

    @Override
    public String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(one -> {
            if (MARKS.indexOf(one) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(one < ' ' ? ' ' : one);
        });
        return escaped.toString();
    }
}
