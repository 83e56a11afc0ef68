package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SQL outside the folder of one database has to run unchanged on SQLite and PostgreSQL.
class PortableSqlTest {

    private static final Pattern DIALECT = Pattern.compile(
            "for update|skip locked|::|->>|\\blike\\b|\\bilike\\b|\\bglob\\b|\\bnow\\(|autoincrement|\\bserial\\b"
                    + "|insert or |replace into|\\bifnull\\b|strftime|datetime\\(|unixepoch|extract\\(|\\browid\\b"
                    + "|\\bpragma\\b|\\bboolean\\b|\\bblob\\b|\\binstr\\(|\\bstrpos\\(|\\bgroup_concat\\b|string_agg");

    private static final Pattern TEXT =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

    private static final Pattern STATEMENT = Pattern.compile(
            "^\\s*(select|insert into|update|delete from|with|where|order by|from|and)\\s.*", Pattern.DOTALL);

    private static final Pattern WHOLE =
            Pattern.compile("\\s*(select\\s.*\\sfrom|insert into|update \\w+\\s+set|delete from)\\s.*", Pattern.DOTALL);

    /// Not a second colon, which would be a cast.
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):[a-zA-Z]\\w*");

    @Test
    void migrationsUseNoDialect() throws IOException {
        List<Path> scripts = files(Path.of("src/main/resources/db/migration/common"), ".sql");
        assertThat(scripts).isNotEmpty();
        for (Path script : scripts) {
            String sql = Files.readString(script).replaceAll("--.*", "").toLowerCase(Locale.ROOT);
            assertThat(DIALECT.matcher(sql).results().map(found -> script + ": " + found.group()))
                    .isEmpty();
        }
    }

    @Test
    void statementsInTheSourcesUseNoDialect() throws IOException {
        int statements = 0;
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            if (source.getFileName().toString().matches("Sqlite.java|Postgres.java")) {
                continue;
            }
            var texts = TEXT.matcher(Files.readString(source));
            while (texts.find()) {
                String text = (texts.group(1) != null ? texts.group(1) : texts.group(2)).toLowerCase(Locale.ROOT);
                if (STATEMENT.matcher(text).matches()) {
                    statements++;
                    assertThat(DIALECT.matcher(text).results().map(found -> source + ": " + found.group()))
                            .isEmpty();
                }
            }
        }
        assertThat(statements).isPositive();
    }

    /// Fragments and what only SQLite is asked are left out.
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void everyStatementIsUnderstood(TestDatabase kind, @TempDir Path root) throws IOException, SQLException {
        List<String> refused = new ArrayList<>();
        int understood = 0;
        try (var storage = new TestStorage(root, Clock.systemUTC(), kind);
                Connection connection = storage.connections().getConnection()) {
            for (String sql : wholeStatements()) {
                try (PreparedStatement statement =
                        connection.prepareStatement(PARAMETER.matcher(sql).replaceAll("?"))) {
                    statement.getParameterMetaData().getParameterCount();
                    understood++;
                } catch (SQLException e) {
                    refused.add(e.getMessage() + ": " + sql);
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(understood).isGreaterThan(50);
    }

    private static List<String> wholeStatements() throws IOException {
        List<String> statements = new ArrayList<>();
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            var texts = TEXT.matcher(Files.readString(source));
            while (texts.find()) {
                String text = texts.group(1) != null ? texts.group(1) : texts.group(2);
                if (WHOLE.matcher(text).matches() && !text.contains("\\\"")) {
                    statements.add(text);
                }
            }
        }
        return statements;
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from job for update", "where name like 'x'", "select a::text from b"})
    void dialectIsSeen(String sql) {
        assertThat(STATEMENT.matcher(sql).matches()).isTrue();
        assertThat(DIALECT.matcher(sql).find()).isTrue();
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
