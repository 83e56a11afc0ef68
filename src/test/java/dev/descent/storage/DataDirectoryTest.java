package dev.descent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
            assertThat(openElsewhere(root)).contains("in use by another Descent process");
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

    @Test
    void severalNodesShareOneDirectory() {
        try (var first = DataDirectory.share(root, Node.start(true));
                var second = DataDirectory.share(root, Node.start(true))) {
            assertThat(first.blobs()).isEqualTo(second.blobs()).isDirectory();
            assertThat(first.runs()).isEqualTo(second.runs()).isDirectory();
            assertThat(first.temporary()).isNotEqualTo(second.temporary()).isDirectory();
            assertThat(second.temporary()).isDirectory();
        }
    }

    @Test
    void directoryIsEitherSharedOrSomebodysOwn() {
        try (var shared = DataDirectory.share(root, Node.start(true))) {
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(DataDirectoryUnusable.class)
                    .hasMessageContaining("in use by another");
        }
        try (var own = DataDirectory.open(root)) {
            assertThatThrownBy(() -> DataDirectory.share(root, Node.start(true)))
                    .isInstanceOf(DataDirectoryUnusable.class)
                    .hasMessageContaining("has it for itself");
        }
    }

    @Test
    void directoryThatOtherProcessesShareIsRefused() throws Exception {
        try (var shared = DataDirectory.share(root, Node.start(true))) {
            assertThat(openElsewhere(root)).contains("in use by another Descent process");
        }
    }

    @Test
    void leftoversOfDeadNodesGoOnceTheGraceIsOver() throws IOException {
        Node dead = Node.start(true);
        try (var first = DataDirectory.share(root, dead)) {
            Files.writeString(first.temporary().resolve("half.blob"), "half");
            Files.writeString(first.holds().resolve("0123"), "");
        }
        Path left = root.resolve("tmp").resolve(dead.id());
        try (var second = DataDirectory.share(root, Node.start(true));
                var third = DataDirectory.share(root, Node.start(true))) {
            second.forgetDeadNodes(Instant.now().minusSeconds(3600));
            assertThat(left).isDirectory();
            second.forgetDeadNodes(Instant.now().plusSeconds(3600));
            assertThat(left).doesNotExist();
            assertThat(second.holds()).isDirectory();
            assertThat(third.holds()).isDirectory();
        }
    }

    @Test
    void nodeOfAnotherProcessThatLivesKeepsWhatItHas() throws Exception {
        Process other = start(ShareDirectory.class, root);
        try (var own = DataDirectory.share(root, Node.start(true))) {
            String id = other.inputReader().readLine();
            Path part = root.resolve("tmp").resolve(id);
            own.forgetDeadNodes(Instant.now().plusSeconds(3600));
            assertThat(part).isDirectory();
            other.destroyForcibly().waitFor();
            own.forgetDeadNodes(Instant.now().plusSeconds(3600));
            assertThat(part).doesNotExist();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void nodeTellsItsProcessAndIsNoOther() {
        Node node = Node.start(true);
        assertThat(node.id())
                .matches("[A-Za-z0-9.-]+")
                .contains("-" + ProcessHandle.current().pid() + "-")
                .isNotEqualTo(Node.start(true).id());
    }

    private static String openElsewhere(Path root) throws Exception {
        Process second = start(OpenDirectory.class, root);
        String output = new String(second.getInputStream().readAllBytes());
        assertThat(second.waitFor()).isNotZero();
        return output;
    }

    private static Process start(Class<?> main, Path root) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        root.toString())
                .redirectErrorStream(true)
                .start();
    }

    /// Prints its node's id, and stays until it is killed.
    static final class ShareDirectory {
        public static void main(String[] arguments) throws IOException {
            Node node = Node.start(true);
            try (var directory = DataDirectory.share(Path.of(arguments[0]), node)) {
                System.out.println(node.id());
                System.in.read();
            }
        }
    }

    static final class OpenDirectory {
        public static void main(String[] arguments) {
            DataDirectory.open(Path.of(arguments[0]));
        }
    }
}
