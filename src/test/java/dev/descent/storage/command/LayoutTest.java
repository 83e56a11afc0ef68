package dev.descent.storage.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

    @TempDir
    Path folder;

    @Test
    void filesThatGoMeanwhileAreLeftOut() throws Exception {
        Path stays = Files.createFile(Files.createDirectory(folder.resolve("a")).resolve("stays"));
        var over = new AtomicBoolean();
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> comeAndGo(over));
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(Layout.files(folder)).contains(stays);
            }
        } finally {
            over.set(true);
            others.get();
        }
        assertThat(Layout.files(folder)).containsExactly(stays);
    }

    @Test
    void folderThatIsNotThereHasNoFiles() throws IOException {
        assertThat(Layout.files(folder.resolve("none"))).isEmpty();
    }

    private void comeAndGo(AtomicBoolean over) {
        try {
            while (!over.get()) {
                for (int i = 0; i < 100; i++) {
                    Files.createFile(folder.resolve("a").resolve("goes-" + i));
                }
                for (int i = 0; i < 100; i++) {
                    Files.delete(folder.resolve("a").resolve("goes-" + i));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
