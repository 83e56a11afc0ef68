package dev.descent.training.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TrainingPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "workers, 0",
        "workers, -1",
        "queue-limit, 0",
        "memory-limit, 0B",
        "record-limit, -1B",
        "stream-limit, 0",
        "crash-limit, 0",
        "heartbeat, 0s",
        "tick, 0ms",
        "tick, -1s"
    })
    void limitThatWouldStopEverythingIsRefusedByName(String name, String value) {
        String property = "descent.training." + name;
        assertThatThrownBy(() -> bind(Map.of(property, value)))
                .rootCause()
                .hasMessageStartingWith(property + " must be greater than 0, not ");
    }

    @Test
    void everyPropertyHasADefault() {
        assertThat(bind(Map.of())).isNotNull();
    }

    private static TrainingProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("descent.training", TrainingProperties.class);
    }
}
