package dev.descent.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads files through and compares them with the hash in their name, unless that was done lately and the file has not
/// been touched since.
///
/// Touched is what changes the inode's change time, which no program can set back. What rots below the file system
/// shows no such change; it is found when the file is next read through, [#LATELY] later at most.
final class VerifiedBlobs {

    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final int REMEMBERED = 4096;

    /// What a file looked like when its content was the right one, at the monotonic time `at`.
    private record Seen(Map<String, Object> attributes, long at) {}

    private final Map<String, Seen> seen = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// Throws an `IOException` that says what is wrong when the content of `file` has not the hash `sha256`.
    void require(Path file, String sha256) throws IOException {
        Map<String, Object> before = attributes(file);
        long now = System.nanoTime();
        if (remembered(sha256, before, now)) {
            return;
        }
        String found = Sha256.of(file);
        if (!found.equals(sha256)) {
            forget(sha256);
            throw new IOException("its content has the SHA-256 " + found + ", not " + sha256);
        }
        remember(sha256, new Seen(before, now));
    }

    /// Takes a file's content for the right one without a look at it, because it has just been written.
    void trust(Path file, String sha256) throws IOException {
        remember(sha256, new Seen(attributes(file), System.nanoTime()));
    }

    private synchronized boolean remembered(String sha256, Map<String, Object> attributes, long now) {
        Seen last = seen.get(sha256);
        return last != null && last.attributes().equals(attributes) && now - last.at() < LATELY.toNanos();
    }

    private synchronized void remember(String sha256, Seen found) {
        seen.put(sha256, found);
    }

    private synchronized void forget(String sha256) {
        seen.remove(sha256);
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return Files.readAttributes(
                file, unix ? "unix:ino,size,ctime" : "size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    }
}
