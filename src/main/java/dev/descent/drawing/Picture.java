package dev.descent.drawing;

/// A picture of fixed size.
public sealed interface Picture permits Figure, Sheet, Film {

    /// The picture as an SVG document.
    default String svg() {
        return Drawing.svg(this);
    }

    /// The picture as a PNG file, two pixels for each unit of the SVG. Text has ASCII only; other characters become
    /// `?`.
    default byte[] png() {
        return Drawing.png(this);
    }
}
