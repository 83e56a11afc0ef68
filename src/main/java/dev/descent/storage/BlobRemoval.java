package dev.descent.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Takes blobs away that no row names and no writer holds.
///
/// Several processes may write and take away the same blob at once. A writer says that it holds the blob, then looks
/// whether the file is there, else brings its own; it lets go only after its row is committed. So a file is first set
/// aside under a name of its own, and then it is asked once more who holds or names it. Whoever relied on the file
/// where it was is seen by that, and the file goes back; whoever came later found none and brought another. No clock
/// and no waiting is needed, and a process that dies in between leaves a file set aside, which any other settles.
final class BlobRemoval {

    private final DataDirectory directory;
    private final BlobReferences references;
    private final Holds holds;

    BlobRemoval(DataDirectory directory, BlobReferences references, Holds holds) {
        this.directory = directory;
        this.references = references;
        this.holds = holds;
    }

    /// Removes the blob unless it is needed; says whether it did. In a directory that is not shared, the caller keeps
    /// writers away meanwhile.
    boolean remove(String sha256) throws IOException {
        if (needed(sha256)) {
            return false;
        }
        Path file = directory.blob(sha256);
        if (!directory.shared()) {
            return Files.deleteIfExists(file);
        }
        Path aside = directory.removing().resolve(sha256 + "." + UUID.randomUUID());
        return move(file, aside) && settle(sha256, aside);
    }

    /// Brings back what is needed, and removes what is not, of the files that somebody has set aside.
    void settleAll() throws IOException {
        for (Path aside : aside("")) {
            settle(sha256(aside), aside);
        }
    }

    /// Brings the blob back if it is set aside; says whether it was.
    boolean restore(String sha256) throws IOException {
        boolean restored = false;
        for (Path aside : aside(sha256)) {
            restored |= move(aside, directory.blob(sha256));
        }
        return restored;
    }

    /// Whether the file that was set aside is gone for good.
    private boolean settle(String sha256, Path aside) throws IOException {
        if (!needed(sha256)) {
            return Files.deleteIfExists(aside);
        }
        if (Files.exists(directory.blob(sha256))) {
            Files.deleteIfExists(aside);
        } else {
            move(aside, directory.blob(sha256));
        }
        return false;
    }

    /// In this order: whoever lets go has committed before, and is then seen in the rows.
    private boolean needed(String sha256) throws IOException {
        return holds.held(sha256) || references.contains(sha256);
    }

    private List<Path> aside(String prefix) throws IOException {
        if (!directory.shared()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.removing())) {
            return files.filter(file -> sha256(file).startsWith(prefix)).toList();
        }
    }

    private static String sha256(Path aside) {
        return aside.getFileName().toString().replaceFirst("[.].*", "");
    }

    /// False when somebody else was faster.
    private static boolean move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
