package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No answer says 201 or 202 before what it says is on the disk: read from the order of the system calls. P7 of the
/// promises.
@Proof
class AnswersAfterDiskTest {

    private static final int ROUNDS = 10;

    private static final Pattern ANSWER = Pattern.compile("write\\(\\d+<(?:TCP|socket).*\"HTTP/1\\.1 (\\d{3})");
    private static final Pattern BLOB_FORCED = Pattern.compile("fsync\\(\\d+<[^>]*/tmp/[^>]*\\.blob>\\s*\\)\\s*= 0");
    private static final Pattern BLOB_NAMED = Pattern.compile("rename[a-z0-9]*\\(.*/tmp/.*/blobs/sha256/.*= 0");
    private static final Pattern FOLDER_FORCED =
            Pattern.compile("fsync\\(\\d+<[^>]*/blobs/sha256/[0-9a-f]{2}/[0-9a-f]{2}>\\s*\\)\\s*= 0");
    private static final Pattern ROWS_FORCED =
            Pattern.compile("f(?:data)?sync\\(\\d+<[^>]*descent\\.db-wal>\\s*\\)\\s*= 0");

    @TempDir
    Path folder;

    @Test
    void nothingIsAcknowledgedBeforeItIsOnTheDisk() throws Exception {
        if (!Strace.isInstalled()) {
            return;
        }
        Path log = folder.resolve("calls");
        var session = new Session();
        try (ServiceProcess service = ServiceProcess.startLight(folder.resolve("data"), CrashPointsTest.ONE_OF_EACH)) {
            Http api = service.api();
            session.upload(api);
            try (Strace strace = Strace.trace(service.processId(), "fsync,fdatasync,/^rename,write", log)) {
                for (int i = 0; i < ROUNDS; i++) {
                    String dataset = session.upload(api);
                    session.submit(api, dataset);
                }
            }
        }
        List<List<String>> before = answers(log);
        int uploads = 0;
        int submissions = 0;
        for (List<String> calls : before) {
            String status = status(calls.getLast());
            if (status.equals("201")) {
                uploads++;
                // the uploaded file and the table made of it, then the rows that name them
                int files = last(calls, BLOB_FORCED, 2);
                int names = last(calls, BLOB_NAMED, 2);
                int folders = last(calls, FOLDER_FORCED, 2);
                int rows = last(calls, ROWS_FORCED, 1);
                assertThat(files).as("a file is forced before it is named").isLessThan(names);
                assertThat(names).as("a name is forced after it is given").isLessThan(folders);
                assertThat(folders)
                        .as("rows are forced after the files they name")
                        .isLessThan(rows);
            } else if (status.equals("202")) {
                submissions++;
                assertThat(last(calls, ROWS_FORCED, 1)).isPositive();
            }
        }
        System.out.printf(
                "Answers after the disk: %d uploads, %d submissions, 0 before what they say was forced%n",
                uploads, submissions);
        assertThat(uploads).isEqualTo(ROUNDS);
        assertThat(submissions).isEqualTo(ROUNDS);
    }

    /// The calls that the answering thread made since the answer before, for each answer, which is the last of them.
    private static List<List<String>> answers(Path log) throws IOException {
        List<List<String>> answers = new ArrayList<>();
        var threads = new HashMap<String, List<String>>();
        for (String line : whole(Files.readAllLines(log))) {
            String thread = line.substring(0, line.indexOf(' '));
            List<String> calls = threads.computeIfAbsent(thread, unused -> new ArrayList<>());
            calls.add(line);
            if (ANSWER.matcher(line).find()) {
                answers.add(calls);
                threads.remove(thread);
            }
        }
        return answers;
    }

    /// A call that another thread's interrupted in the log stands where it returned; an answer where it began.
    private static List<String> whole(List<String> lines) {
        List<String> whole = new ArrayList<>();
        var begun = new HashMap<String, String>();
        for (String line : lines) {
            String thread = line.substring(0, line.indexOf(' '));
            if (line.endsWith("<unfinished ...>")) {
                String head = line.substring(0, line.length() - "<unfinished ...>".length());
                if (ANSWER.matcher(head).find()) {
                    whole.add(head);
                } else {
                    begun.put(thread, head);
                }
            } else if (line.contains("resumed>")) {
                String head = begun.remove(thread);
                if (head != null) {
                    whole.add(head + line.substring(line.indexOf("resumed>") + "resumed>".length()));
                }
            } else {
                whole.add(line);
            }
        }
        return whole;
    }

    private static String status(String answer) {
        var matcher = ANSWER.matcher(answer);
        return matcher.find() ? matcher.group(1) : "";
    }

    /// Where the last matching call is, of which there have to be `count` at least.
    private static int last(List<String> calls, Pattern pattern, int count) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (pattern.matcher(calls.get(i)).find()) {
                places.add(i);
            }
        }
        assertThat(places).as(pattern + " in\n" + String.join("\n", calls)).hasSizeGreaterThanOrEqualTo(count);
        return places.getLast();
    }
}
