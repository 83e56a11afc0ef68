package dev.descent.web.openapi;

import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.AnnotatedElement;

/// What `@Schema` says about a type or a component beyond what its Java type says already.
final class Words {

    private Words() {}

    static io.swagger.v3.oas.models.media.Schema<?> of(
            AnnotatedElement element, io.swagger.v3.oas.models.media.Schema<?> schema) {
        Schema words = element.getAnnotation(Schema.class);
        if (words == null) {
            return schema;
        }
        if (!words.description().isEmpty()) {
            schema.setDescription(words.description());
        }
        if (!words.example().isEmpty()) {
            schema.setExample(words.example());
        }
        return schema;
    }
}
