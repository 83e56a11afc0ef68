package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import java.util.List;

/// Draws a [Sheet]: a single figure large, several small.
final class SheetDrawing implements Drawing {

    private static final double TITLE = 26;

    private final Sheet sheet;
    private final List<Drawing> figures;
    private final double cellWidth;
    private final double cellHeight;

    SheetDrawing(Sheet sheet) {
        this.sheet = sheet;
        boolean alone = sheet.figures().size() == 1;
        figures = sheet.figures().stream()
                .map(figure -> Drawing.of(figure, alone))
                .toList();
        cellWidth = figures.stream().mapToDouble(Drawing::width).max().orElseThrow();
        cellHeight = figures.stream().mapToDouble(Drawing::height).max().orElseThrow();
    }

    @Override
    public double width() {
        return sheet.columns() * cellWidth;
    }

    @Override
    public double height() {
        return TITLE + Math.ceilDiv(figures.size(), sheet.columns()) * cellHeight;
    }

    @Override
    public void drawChanging(Canvas canvas, double left, double top) {
        canvas.text(left + 12, top + 18, Anchor.START, true, Canvas.fitting(sheet.title(), width() - 12));
        for (int i = 0; i < figures.size(); i++) {
            figures.get(i).drawChanging(canvas, left + across(i), top + down(i));
        }
    }

    @Override
    public void drawFixed(Canvas canvas, double left, double top) {
        for (int i = 0; i < figures.size(); i++) {
            figures.get(i).drawFixed(canvas, left + across(i), top + down(i));
        }
    }

    private double across(int index) {
        return index % sheet.columns() * cellWidth;
    }

    private double down(int index) {
        return TITLE + index / sheet.columns() * cellHeight;
    }
}
