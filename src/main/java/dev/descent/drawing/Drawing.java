package dev.descent.drawing;

/// What is drawn on a canvas at some place, in two parts: first what differs from frame to frame of a film, then the
/// rest.
interface Drawing {

    double width();

    double height();

    void drawChanging(Canvas canvas, double left, double top);

    void drawFixed(Canvas canvas, double left, double top);

    private void draw(Canvas canvas) {
        drawChanging(canvas, 0, 0);
        drawFixed(canvas, 0, 0);
    }

    /// The drawing of a picture, of a film all frames side by side.
    private static Drawing of(Picture picture) {
        return switch (picture) {
            case Figure figure -> of(figure, true);
            case Sheet sheet -> new SheetDrawing(sheet);
            case Film film -> new SheetDrawing(film.contactSheet());
        };
    }

    /// The drawing of a figure that stands alone, or beside others.
    static Drawing of(Figure figure, boolean alone) {
        return switch (figure) {
            case LineChart chart -> alone ? ChartDrawing.large(chart) : ChartDrawing.small(chart);
            case HeatMap map -> alone ? Panel.large(map) : Panel.small(map);
        };
    }

    static String svg(Picture picture) {
        return switch (picture) {
            case Film film when film.frames().size() > 1 -> moving(film);
            case Film film -> svg(film.frames().getFirst());
            case Figure _, Sheet _ -> {
                Drawing drawing = of(picture);
                var canvas = new SvgCanvas(drawing.width(), drawing.height());
                drawing.draw(canvas);
                yield canvas.finish();
            }
        };
    }

    private static String moving(Film film) {
        var first = new SheetDrawing(film.frames().getFirst());
        var canvas = new SvgCanvas(first.width(), first.height());
        int count = film.frames().size();
        for (int i = 0; i < count; i++) {
            canvas.beginFrame(i, count, count * film.secondsPerFrame());
            new SheetDrawing(film.frames().get(i)).drawChanging(canvas, 0, 0);
            canvas.endFrame();
        }
        first.drawFixed(canvas, 0, 0);
        return canvas.finish();
    }

    static byte[] png(Picture picture) {
        Drawing drawing = of(picture);
        var canvas = new RasterCanvas(drawing.width(), drawing.height());
        drawing.draw(canvas);
        return canvas.finish();
    }
}
