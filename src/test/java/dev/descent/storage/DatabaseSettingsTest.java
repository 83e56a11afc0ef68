package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A start on a database that cannot be used ends at once and says why, and nowhere is a password.
@ExtendWith(OutputCaptureExtension.class)
class DatabaseSettingsTest {

    private static final String SECRET = "s3cret";

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jdbc:mysql://host/descent?password=s3cret",
                "postgresql://descent:s3cret@host/descent",
                "s3cret:",
                "jdbc:postgresql://host:port/descent?password=s3cret",
                "jdbc:postgresql:s3cret?ssl=true&sslmode=disable&password=%zz",
            })
    void urlOfNoPostgresIsRefused(String url, CapturedOutput output) {
        DatabaseUnusable refused = refuse(output, url, null, null);
        assertThat(refused).hasMessageContaining("descent.database.url");
        assertThat(refused.action()).contains("jdbc:postgresql://host:port/database");
    }

    @Test
    void passwordBeforeTheHostIsRefused(CapturedOutput output) {
        assertThat(refuse(output, "jdbc:postgresql://descent:s3cret@host/descent", null, null)
                        .action())
                .contains("descent.database.password");
    }

    @Test
    void userWithoutAUrlIsRefused(CapturedOutput output) {
        assertThat(refuse(output, null, "descent", SECRET)).hasMessageContaining("no descent.database.url");
    }

    @Test
    void missingDatabaseIsNamed(CapturedOutput output) {
        assertThat(refuse(output, database("nowhere"), "postgres", SECRET))
                .hasMessageContaining("database \"nowhere\" does not exist");
    }

    @Test
    void databaseThatSortsByALanguageIsRefused(CapturedOutput output) {
        TestPostgres.execute("create database german template template0 encoding 'UTF8'"
                + " locale_provider icu icu_locale 'de' locale 'C'");
        DatabaseUnusable refused = refuse(output, database("german"), "postgres", null);
        assertThat(refused).hasMessageContaining("the rules of a language");
        assertThat(refused.action()).contains("create database descent template template0");
    }

    @Test
    void serviceThatCannotReachItsDatabaseDoesNotStartAndSaysSo(CapturedOutput output) {
        assertThatThrownBy(() -> StorageStartTest.run(List.of(
                                "--descent.data-directory=" + root.resolve("data"),
                                "--descent.database.url=jdbc:postgresql://127.0.0.1:1/descent?password=" + SECRET,
                                "--descent.database.password=" + SECRET))
                        .close())
                .hasRootCauseInstanceOf(DatabaseUnusable.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("'descent' at 127.0.0.1, port 1")
                .contains("refused")
                .contains("Start PostgreSQL there")
                .doesNotContain(SECRET);
    }

    @Test
    void settingsDoNotPrintWhatTheyHold() {
        assertThat(new DatabaseSettings("jdbc:postgresql:x?password=" + SECRET, "descent", SECRET).toString())
                .doesNotContain(SECRET);
    }

    private String database(String name) {
        return TestPostgres.url(root).replaceAll("/test_\\d+", "/" + name);
    }

    private static DatabaseUnusable refuse(
            CapturedOutput output, @Nullable String url, @Nullable String user, @Nullable String password) {
        var settings = new DatabaseSettings(url, user, password);
        DatabaseUnusable refused = catchThrowableOfType(
                DatabaseUnusable.class, () -> Postgres.open(settings).close());
        assertThat(refused.getMessage() + refused.action() + output).doesNotContain(SECRET);
        return refused;
    }
}
