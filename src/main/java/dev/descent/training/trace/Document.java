package dev.descent.training.trace;

import java.io.IOException;
import java.util.List;

/// A text with headings, formulas and tables, in some markup. In texts and cells TeX stands between
/// dollar signs, and whatever is not ours to choose has gone through [#escape].
interface Document {

    void begin(String title) throws IOException;

    void heading(String text) throws IOException;

    void paragraph(String text) throws IOException;

    /// TeX, on lines of its own.
    void formula(String tex) throws IOException;

    void table(List<String> heading, List<List<String>> rows) throws IOException;

    void end() throws IOException;

    /// The text as it stands, in type of one width.
    String code(String text);

    /// The text, with nothing in it that the markup would take for its own.
    String escape(String text);
}
