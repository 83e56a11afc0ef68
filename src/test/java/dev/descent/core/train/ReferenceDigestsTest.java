package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Training runs have the bits that are written down in `reference/digests.json`, on this machine as on any other.
class ReferenceDigestsTest {

    private static final String FILE = "reference/digests.json";
    private static final boolean UPDATE = Boolean.getBoolean("digests.update");

    private static final String EXPLANATION = """
            %s: the numbers of a training run have changed (%s).
            A model's digest is a promise: the same spec gives the same bits for ever, so every model trained before would now
            be irreproducible. If that was not meant, some sum has changed its order, some operation its rounding.
            If it was meant, write the new digests down with
                mvn test -Dtest=ReferenceDigestsTest -Ddigests.update=true
            and say in RATIONALE.md why the numbers had to change.""";

    static List<ReferenceRun> runs() {
        return ReferenceRun.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void digestsAreThoseWrittenDown(ReferenceRun run) throws IOException {
        if (UPDATE) {
            update(run);
        }
        ReferenceRun.Digests expected = writtenDown().get(run.name());
        assertThat(expected).as("digests of '%s' in %s", run.name(), FILE).isNotNull();
        for (int threads = 1; threads <= 4; threads++) {
            assertThat(run.run(threads))
                    .as(EXPLANATION, run.name(), threads + " threads, " + vectors(Vectors.AVAILABLE))
                    .isEqualTo(expected);
        }
    }

    @Test
    void withoutVectorsTheyAreTheSame(@TempDir Path folder) throws Exception {
        assertThat(Vectors.AVAILABLE).as("the tests run with vectors").isTrue();
        Path printed = folder.resolve("printed");
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReferenceRun.class.getName())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(jvm.waitFor()).isZero();
        Map<String, ReferenceRun.Digests> found = ReferenceRun.parse(Files.readString(printed));
        assertThat(found).hasSameSizeAs(ReferenceRun.ALL);
        writtenDown()
                .forEach((name, expected) -> assertThat(found.get(name))
                        .as(EXPLANATION, name, vectors(false))
                        .isEqualTo(expected));
    }

    @Test
    void everyNumberWrittenDownBelongsToARun() {
        assertThat(writtenDown().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ReferenceRun.ALL.stream().map(ReferenceRun::name).toList())
                .hasSizeGreaterThanOrEqualTo(12);
    }

    private static String vectors(boolean available) {
        return available ? "with vectors" : "without vectors";
    }

    private static Map<String, ReferenceRun.Digests> writtenDown() {
        Map<String, ReferenceRun.Digests> digests = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : Golden.resource(FILE).properties()) {
            JsonNode node = entry.getValue();
            digests.put(
                    entry.getKey(),
                    new ReferenceRun.Digests(
                            node.get("weights").stringValue(),
                            node.get("losses").stringValue()));
        }
        return digests;
    }

    /// Writes this run's digests down, in the sources and where this test reads them.
    private static void update(ReferenceRun run) throws IOException {
        Map<String, ReferenceRun.Digests> digests = writtenDown();
        digests.keySet()
                .retainAll(ReferenceRun.ALL.stream().map(ReferenceRun::name).toList());
        digests.put(run.name(), run.run(1));
        String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(digests);
        Files.writeString(Path.of("src/test/resources", FILE), json + "\n");
        Files.writeString(Path.of("target/test-classes", FILE), json + "\n");
    }
}
