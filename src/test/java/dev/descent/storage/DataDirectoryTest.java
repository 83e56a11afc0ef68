package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path root;

    @Test
    void secondHolderIsRefusedUntilTheFirstHasGone() {
        try (var first = DataDirectory.open(root)) {
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(DataDirectoryUnusable.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("in use by another");
        }
        DataDirectory.open(root).close();
    }

    @Test
    void otherProcessIsRefused() throws Exception {
        try (var first = DataDirectory.open(root)) {
            Process second = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OpenDirectory.class.getName(),
                            root.toString()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(second.getInputStream().readAllBytes());
            assertThat(second.waitFor()).isNotZero();
            assertThat(output).contains("in use by another Descent process");
        }
    }

    @Test
    void directoryOfAnotherLayoutIsRefused() throws IOException {
        DataDirectory.open(root).close();
        Files.writeString(root.resolve("VERSION"), "99\n");
        assertThatThrownBy(() -> DataDirectory.open(root))
                .isInstanceOf(DataDirectoryUnusable.class)
                .hasMessageContaining("99");
        Files.writeString(root.resolve("VERSION"), DataDirectory.VERSION);
        DataDirectory.open(root).close();
    }

    @Test
    void temporaryFilesAreGoneAfterAStart() throws IOException {
        try (var first = DataDirectory.open(root)) {
            Files.writeString(first.temporary().resolve("half.blob"), "half");
        }
        try (var second = DataDirectory.open(root)) {
            assertThat(second.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void startOnAFileSaysWhatToDo() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        assertThatThrownBy(() -> DataDirectory.open(file)).isInstanceOf(DataDirectoryUnusable.class);
    }

    static final class OpenDirectory {
        public static void main(String[] arguments) {
            DataDirectory.open(Path.of(arguments[0]));
        }
    }
}
