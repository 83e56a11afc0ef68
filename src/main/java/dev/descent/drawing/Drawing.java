package dev.descent.drawing;

/// What is drawn on a canvas of a certain size.
interface Drawing {

    double width();

    double height();

    void draw(Canvas canvas);

    /// The drawing of a picture, of a film all frames side by side.
    static Drawing of(Picture picture) {
        return switch (picture) {
            case LineChart chart -> new ChartDrawing(chart);
            case HeatMap map -> new Panel(map, Panel.LARGE);
            case Sheet sheet -> new SheetDrawing(sheet);
            case Film film -> new SheetDrawing(film.contactSheet());
        };
    }

    static String svg(Picture picture) {
        return switch (picture) {
            case Film film when film.frames().size() > 1 -> moving(film);
            case Film film -> svg(film.frames().getFirst());
            case LineChart _, HeatMap _, Sheet _ -> {
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
            new SheetDrawing(film.frames().get(i)).drawFields(canvas);
            canvas.endFrame();
        }
        first.drawRest(canvas);
        return canvas.finish();
    }

    static byte[] png(Picture picture) {
        Drawing drawing = of(picture);
        var canvas = new RasterCanvas(drawing.width(), drawing.height());
        drawing.draw(canvas);
        return canvas.finish();
    }
}
