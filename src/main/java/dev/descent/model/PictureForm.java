package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.descent.drawing.Picture;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/// The forms in which numbers that can be drawn are answered.
public enum PictureForm {
    @JsonProperty("json")
    JSON(MediaType.APPLICATION_JSON_VALUE),
    @JsonProperty("svg")
    SVG("image/svg+xml"),
    @JsonProperty("png")
    PNG(MediaType.IMAGE_PNG_VALUE);

    public static final String SVG_TYPE = "image/svg+xml";

    private final MediaType type;

    PictureForm(String type) {
        this.type = MediaType.parseMediaType(type);
    }

    /// What is asked for by name, or else the first that `Accept` names.
    public static PictureForm of(@Nullable PictureForm named, @Nullable String accept) {
        if (named != null) {
            return named;
        }
        List<MediaType> types = MediaType.parseMediaTypes(accept);
        MimeTypeUtils.sortBySpecificity(types);
        for (MediaType wanted : types) {
            for (PictureForm form : values()) {
                if (wanted.equalsTypeAndSubtype(form.type)) {
                    return form;
                }
            }
        }
        return JSON;
    }

    public String contentType() {
        return type.toString();
    }

    /// Answers with a picture in this form, which is not JSON.
    public void write(Picture picture, HttpServletResponse response) throws IOException {
        byte[] bytes = switch (this) {
            case SVG -> picture.svg().getBytes(StandardCharsets.UTF_8);
            case PNG -> picture.png();
            case JSON -> throw new IllegalArgumentException("JSON is no picture");
        };
        response.setContentType(contentType());
        response.getOutputStream().write(bytes);
    }
}
