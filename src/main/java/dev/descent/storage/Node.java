package dev.descent.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/// This process, among those that may share its storage.
///
/// @param id a name that no other process has had or will have: letters, digits, dots and hyphens
/// @param shared whether other processes may work on the same database and files
public record Node(String id, boolean shared) {

    private static final int LONGEST_HOST = 60;

    /// A new name that tells where the process runs: host, process id, and twelve random digits.
    static Node start(boolean shared) {
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return new Node(host() + "-" + ProcessHandle.current().pid() + "-" + random, shared);
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "");
            return name.substring(0, Math.min(name.length(), LONGEST_HOST));
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
