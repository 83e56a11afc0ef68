package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class UploadPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "maximum-bytes, 0",
        "maximum-bytes, -5",
        "maximum-rows, 0",
        "maximum-columns, 0",
        "maximum-field, 0",
        "maximum-categories, -1"
    })
    void limitThatWouldStopEverythingIsRefusedByName(String name, String value) {
        String property = "descent.upload." + name;
        assertThatThrownBy(() -> bind(Map.of(property, value)))
                .rootCause()
                .hasMessageStartingWith(property + " must be greater than 0, not ");
    }

    @Test
    void everyPropertyHasADefault() {
        assertThat(bind(Map.of())).isNotNull();
    }

    private static UploadProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("descent.upload", UploadProperties.class);
    }
}
