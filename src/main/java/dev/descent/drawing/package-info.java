/// Charts as SVG text and PNG bytes, the same picture in both, made by plain Java without fonts of the machine.
///
/// A [Picture] is a value: a [LineChart] of several lines, a [HeatMap] of a function of two numbers with
/// points, paths and contour lines on it, a [Sheet] of several of these side by side, or a [Film] of sheets. The same
/// value gives the same bytes everywhere. Colours can be told apart by people who do not see red and green
/// ([Colours], [ColourScale]). What is not a finite number is a gap.
@NullMarked
package dev.descent.drawing;

import org.jspecify.annotations.NullMarked;
