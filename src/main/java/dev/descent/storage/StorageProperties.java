package dev.descent.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param dataDirectory where everything is kept; one process at a time
/// @param blobGrace how long a file that no row names is left alone before a start removes it
@ConfigurationProperties("descent")
record StorageProperties(
        @DefaultValue("./data") String dataDirectory,
        @DefaultValue("1h") Duration blobGrace) {

    Path directory() {
        return Path.of(dataDirectory).toAbsolutePath().normalize();
    }
}
