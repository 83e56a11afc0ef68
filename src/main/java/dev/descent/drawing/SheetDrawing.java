package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;

/// Draws a [Sheet].
record SheetDrawing(Sheet sheet) implements Drawing {

    private static final double TITLE = 26;

    @Override
    public double width() {
        return sheet.columns() * cellWidth();
    }

    @Override
    public double height() {
        return TITLE + Math.ceilDiv(sheet.maps().size(), sheet.columns()) * cellHeight();
    }

    @Override
    public void draw(Canvas canvas) {
        drawFields(canvas);
        drawRest(canvas);
    }

    void drawFields(Canvas canvas) {
        canvas.text(12, 18, Anchor.START, true, Canvas.fitting(sheet.title(), width() - 12));
        for (int i = 0; i < sheet.maps().size(); i++) {
            panel(i).drawField(canvas, left(i), top(i));
        }
    }

    void drawRest(Canvas canvas) {
        for (int i = 0; i < sheet.maps().size(); i++) {
            panel(i).drawRest(canvas, left(i), top(i));
        }
    }

    private Panel panel(int index) {
        return new Panel(sheet.maps().get(index), sheet.maps().size() == 1 ? Panel.LARGE : Panel.SMALL);
    }

    private double left(int index) {
        return index % sheet.columns() * cellWidth();
    }

    private double top(int index) {
        return TITLE + index / sheet.columns() * cellHeight();
    }

    private double cellWidth() {
        double width = 0;
        for (int i = 0; i < sheet.maps().size(); i++) {
            width = Math.max(width, panel(i).width());
        }
        return width;
    }

    private double cellHeight() {
        double height = 0;
        for (int i = 0; i < sheet.maps().size(); i++) {
            height = Math.max(height, panel(i).height());
        }
        return height;
    }
}
