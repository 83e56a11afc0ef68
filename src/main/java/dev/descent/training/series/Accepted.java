package dev.descent.training.series;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/// Chooses the form of an answer where one address has several.
public final class Accepted {

    static final String CSV_TYPE = "text/csv";
    static final MediaType CSV = MediaType.valueOf(CSV_TYPE);

    private Accepted() {}

    /// Whether the client names `other` and does not prefer `usual`, which it gets without naming anything.
    public static boolean prefers(MediaType other, MediaType usual, @Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return false;
        }
        List<MediaType> types = MediaType.parseMediaTypes(accept);
        MimeTypeUtils.sortBySpecificity(types);
        for (MediaType type : types) {
            if (type.equalsTypeAndSubtype(other)) {
                return true;
            }
            if (type.equalsTypeAndSubtype(usual)) {
                return false;
            }
        }
        return false;
    }
}
