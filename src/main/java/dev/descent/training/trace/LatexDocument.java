package dev.descent.training.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// A LaTeX document that compiles as it stands; across the page, for matrices are wide.
final class LatexDocument implements Document {

    private final Writer out;

    LatexDocument(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(String title) throws IOException {
        out.write("""
                \\documentclass{article}
                \\usepackage[utf8]{inputenc}
                \\usepackage[T1]{fontenc}
                \\usepackage{amsmath,amssymb}
                \\usepackage[a4paper,landscape,margin=20mm]{geometry}
                \\setlength{\\parindent}{0pt}
                \\setlength{\\parskip}{6pt}
                \\allowdisplaybreaks
                \\raggedright
                \\begin{document}
                \\section*{%s}
                """.formatted(title));
    }

    @Override
    public void heading(String text) throws IOException {
        out.write("\n\\subsection*{" + text + "}\n");
    }

    @Override
    public void paragraph(String text) throws IOException {
        out.write("\n" + text + "\n");
    }

    @Override
    public void formula(String tex) throws IOException {
        out.write("\\[\n" + tex + "\n\\]\n");
    }

    @Override
    public void table(List<String> heading, List<List<String>> rows) throws IOException {
        out.write("\n\\begin{tabular}{" + "l".repeat(heading.size()) + "}\n");
        out.write(String.join(" & ", heading) + " \\\\ \\hline\n");
        for (List<String> row : rows) {
            out.write(String.join(" & ", row) + " \\\\\n");
        }
        out.write("\\end{tabular}\n");
    }

    @Override
    public void end() throws IOException {
        out.write("\n\\end{document}\n");
    }

    @Override
    public String code(String text) {
        return "\\texttt{" + escape(text) + "}";
    }

    /// What the fonts may lack becomes a question mark, so that the document compiles.
    @Override
    public String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(one -> {
            switch (one) {
                case '\\' -> escaped.append("\\textbackslash{}");
                case '~' -> escaped.append("\\textasciitilde{}");
                case '^' -> escaped.append("\\textasciicircum{}");
                case '#', '$', '%', '&', '_', '{', '}' -> escaped.append('\\').appendCodePoint(one);
                case '<', '>', '|', '"' ->
                    escaped.append("\\texttt{\\char").append(one).append('}');
                default -> escaped.append(one < ' ' ? " " : one < 0x180 ? Character.toString(one) : "?");
            }
        });
        return escaped.toString();
    }
}
