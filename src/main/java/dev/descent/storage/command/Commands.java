package dev.descent.storage.command;

import dev.descent.storage.DataDirectory;
import dev.descent.storage.DataDirectoryUnusable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.json.JsonMapper;

/// `fsck`, `backup` and `restore`: the words that may stand first on the command line. No service is started.
public final class Commands {

    /// Exit codes: all is well, it is not, the command line is wrong.
    static final int WELL = 0;

    static final int UNWELL = 1;
    static final int USAGE = 2;

    private static final String HELP = """
            descent                     starts the service; properties as --server.port=9000
            descent fsck                checks a data directory that no service works on: the rows, and the content of
                                        every file that they name. Ends with 1 when anything is damaged.
              --json                    tells it as JSON
              --grace 1h                how old a file that no row names has to be to be called left over
            descent backup <directory>  copies a data directory into a new one, while the service may go on writing
              --link                    shares blocks with the data directory where it can: quick and small, but what
                                        damages one file damages both
            descent restore <backup> <directory>
                                        makes a new data directory of a backup, every byte compared with its hash
            fsck and backup take
              --data-directory <path>   otherwise DESCENT_DATA_DIRECTORY, otherwise ./data
            and fsck, for a service with PostgreSQL, which may go on working,
              --database.url <jdbc:postgresql:...>  otherwise DESCENT_DATABASE_URL
              --database.username <name>            otherwise DESCENT_DATABASE_USERNAME; DESCENT_DATABASE_PASSWORD
            """;

    private static final String POSTGRESQL = """
            The rows are on a PostgreSQL server, which has tools of its own. Back up in this order:
              1. pg_dump --format=custom --file=rows.dump <database>
              2. copy the directory blobs of the data directory, and its file VERSION
            and restore with pg_restore, the two in a new data directory, and fsck, which says what is missing. A dataset,
            job or model that is deleted between the two steps can leave a row without its file.""";

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Clock clock;

    Commands(PrintStream out, PrintStream err, Map<String, String> environment, Clock clock) {
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.clock = clock;
    }

    /// Whether this is the command line of a command, not of the service.
    public static boolean areMeant(String[] arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("-") || arguments[0].equals("--help"));
    }

    /// Runs the command, and returns the exit code.
    public static int run(String[] arguments) {
        return new Commands(System.out, System.err, System.getenv(), Clock.systemUTC()).run(Arrays.asList(arguments));
    }

    int run(List<String> arguments) {
        List<String> rest = arguments.subList(1, arguments.size());
        try {
            return switch (arguments.getFirst()) {
                case "fsck" -> fsck(rest);
                case "backup" -> backup(rest);
                case "restore" -> restore(rest);
                case "help", "--help" -> help();
                default -> throw new UsageError("there is no command " + arguments.getFirst());
            };
        } catch (UsageError e) {
            err.println(arguments.getFirst() + ": " + e.getMessage());
            err.print(HELP);
            return USAGE;
        } catch (CommandFailed e) {
            err.println(arguments.getFirst() + ": " + e.getMessage());
            return UNWELL;
        } catch (DataDirectoryUnusable e) {
            err.println(e.getMessage() + " " + e.action());
            return UNWELL;
        } catch (IOException | SQLException e) {
            err.println(arguments.getFirst() + " failed: " + e);
            return UNWELL;
        }
    }

    private int help() {
        out.print(HELP);
        return WELL;
    }

    private int fsck(List<String> arguments) throws IOException, SQLException {
        Set<String> options = new HashSet<>(Source.OPTIONS);
        options.add("grace");
        CommandLine line = CommandLine.parse(arguments, options, Set.of("json"));
        line.requireAtMost(0);
        Source source = Source.of(line, environment);
        var check =
                new Check(new Layout(source.root()), grace(line.values().getOrDefault("grace", "1h")), clock.instant());
        Report report;
        if (source.url() == null) {
            try (DataDirectory held = DataDirectory.inspect(source.root());
                    Rows rows = Rows.open(source)) {
                report = check.run(rows, true);
            }
        } else {
            try (Rows rows = Rows.open(source)) {
                report = check.run(rows, false);
            }
        }
        if (line.has("json")) {
            out.println(JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(report));
        } else {
            out.print(report.text());
        }
        return report.clean() ? WELL : UNWELL;
    }

    private static Duration grace(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new UsageError("--grace is a duration such as 30m or 1h, not '" + text + "'");
        }
    }

    private int backup(List<String> arguments) throws IOException, SQLException {
        CommandLine line = CommandLine.parse(arguments, Source.OPTIONS, Set.of("link"));
        line.requireAtMost(1);
        Path target = line.path(0, "where the backup goes");
        Source source = Source.of(line, environment);
        if (source.url() != null) {
            throw new CommandFailed(POSTGRESQL);
        }
        DataDirectory.requireReadable(source.root());
        if (target.startsWith(source.root())) {
            throw new UsageError("a backup cannot be inside the data directory");
        }
        tell(new Backup(source.root(), target, line.has("link"), () -> {}).run(clock.instant()), target);
        return WELL;
    }

    private int restore(List<String> arguments) throws IOException, SQLException {
        CommandLine line = CommandLine.parse(arguments, Set.of(), Set.of());
        line.requireAtMost(2);
        Path backup = line.path(0, "which backup");
        Path target = line.path(1, "where the new data directory goes");
        tell(new Restore(backup, target).run(), target);
        return WELL;
    }

    private void tell(Backup.Manifest manifest, Path target) {
        out.println(target + ": the rows of " + manifest.createdAt() + " and the " + manifest.files()
                + " files that they name, " + Report.size(manifest.bytes()) + ", each compared with its hash");
    }
}
