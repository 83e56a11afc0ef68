package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's first session, word for word, by bash and curl.
class FirstSessionTest {

    private static final Pattern BLOCK = Pattern.compile("```bash\n(# A first session\n.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesSessionWorksAsWritten(@TempDir Path folder) throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find())
                .as("README.md has a bash block '# A first session'")
                .isTrue();
        Path printed = folder.resolve("printed.txt");
        try (ServiceProcess service = ServiceProcess.start(folder.resolve("data"))) {
            ProcessBuilder session = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block.group(1))
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            session.environment().put("DESCENT", service.address());
            Process process = session.start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            String output = Files.readString(printed);
            assertThat(ended).as("the session ends by itself: %s", output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output)
                    .contains("event:state")
                    .contains("event:end")
                    .contains("4.13989255519")
                    .contains("\"steps\":[9000,9001")
                    .contains("\"lectureNumbers\":[{\"what\":")
                    .contains("\"predictions\":[{\"value\":");
        }
    }
}
