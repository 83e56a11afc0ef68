package dev.descent.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param dataDirectory where everything is kept, by one process at a time; with a database server, where files are
///   kept, by all processes that work on it
/// @param blobGrace how long a file that no row names is left alone before it is removed
/// @param database the server that keeps the rows; without one they are in a file of the data directory
@ConfigurationProperties("descent")
record StorageProperties(
        @DefaultValue("./data") String dataDirectory,
        @DefaultValue("1h") Duration blobGrace,
        @Nullable DatabaseSettings database) {

    Path directory() {
        return Path.of(dataDirectory).toAbsolutePath().normalize();
    }
}
