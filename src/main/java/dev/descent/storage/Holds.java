package dev.descent.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Which blobs are held by writers, in this process and, where the data directory is shared, in others: there a held
/// blob has an empty file of its name in the holder's part of `tmp`.
final class Holds {

    private final DataDirectory directory;
    private final Map<String, Integer> here = new HashMap<>();

    Holds(DataDirectory directory) {
        this.directory = directory;
    }

    synchronized void hold(String sha256) throws IOException {
        if (directory.shared() && !here.containsKey(sha256)) {
            Files.write(directory.holds().resolve(sha256), new byte[0]);
        }
        here.merge(sha256, 1, Integer::sum);
    }

    synchronized void release(String sha256) throws IOException {
        here.computeIfPresent(sha256, (name, holders) -> holders == 1 ? null : holders - 1);
        if (directory.shared() && !here.containsKey(sha256)) {
            Files.deleteIfExists(directory.holds().resolve(sha256));
        }
    }

    synchronized boolean held(String sha256) throws IOException {
        if (here.containsKey(sha256)) {
            return true;
        }
        for (Path holder : directory.allHolds()) {
            if (Files.exists(holder.resolve(sha256))) {
                return true;
            }
        }
        return false;
    }
}
