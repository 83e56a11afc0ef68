package dev.descent.training.trace;

import dev.descent.model.PictureForm;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;

/// How a client that waits for a [Replays] is shown, each second, that its answer will come.
public final class Beats {

    private static final long LONGEST_SILENCE_SECONDS = 60;

    private Beats() {}

    /// By an empty line, with which JSON, SVG, Markdown and TeX may begin.
    public static Replays.Beat emptyLines(String contentType, HttpServletResponse response) {
        return () -> {
            response.setContentType(contentType);
            response.getOutputStream().write('\n');
            response.flushBuffer();
        };
    }

    /// By an empty line, or by nothing where a PNG is wanted, which may not begin so: it is refused after a minute.
    public static Replays.Beat of(PictureForm form, HttpServletResponse response) {
        return form == PictureForm.PNG ? silence() : emptyLines(form.contentType(), response);
    }

    private static Replays.Beat silence() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SILENCE_SECONDS);
        return () -> {
            if (System.nanoTime() - end > 0) {
                throw FrameSteps.refused(
                        "?format",
                        "takes-too-long",
                        "this takes longer than a minute, in which a PNG cannot show that it will come; ask for svg",
                        "png");
            }
        };
    }
}
