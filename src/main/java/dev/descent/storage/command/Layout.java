package dev.descent.storage.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Where things are in a data directory, or in a backup, which looks like one.
record Layout(Path root) {

    /// What stands in `VERSION` while a directory is being filled: no service opens it.
    static final String UNFINISHED = "being written by a backup or restore that did not finish";

    Path version() {
        return root.resolve("VERSION");
    }

    Path database() {
        return root.resolve("db").resolve("descent.db");
    }

    Path blobs() {
        return root.resolve("blobs").resolve("sha256");
    }

    Path blob(String sha256) {
        return blobs().resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    Path manifest() {
        return root.resolve("backup.json");
    }

    /// Every regular file below `blobs`.
    List<Path> blobFiles() throws IOException {
        return files(blobs());
    }

    /// Every regular file below `folder` that is there all the time: a service at work may remove others meanwhile.
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        Collections.sort(files);
        return files;
    }

    /// Makes an empty directory of this, which no service opens before [#finish].
    void begin() throws IOException {
        Files.createDirectories(root);
        try (Stream<Path> found = Files.list(root)) {
            if (found.findAny().isPresent()) {
                throw new CommandFailed(
                        root + " is not empty; name a directory that is, or one that is yet to be made");
            }
        }
        Files.writeString(version(), UNFINISHED + "\n");
        Files.createDirectories(Objects.requireNonNull(database().getParent()));
        Files.createDirectories(blobs());
    }

    /// Waits until everything is on the disk, and only then says that the directory is whole.
    void finish(String version) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.toList()) {
                force(each);
            }
        }
        Path next = root.resolve("VERSION.next");
        Files.writeString(next, version + "\n");
        force(next);
        Files.move(next, version(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(root);
        if (root.getParent() != null) {
            force(root.getParent());
        }
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
