package dev.descent.tenant;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is configured of a tenant.
///
/// @param keySha256 of the tenant's key
/// @param queued how many of its jobs may wait
record Account(byte[] keySha256, int queued) {

    private static final int USUALLY_QUEUED = 1000;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

    /// Reads the settings below `property`. No message shows what was found: it may be a key.
    static Account read(String property, Object settings) {
        if (!(settings instanceof Map<?, ?> given)) {
            throw refused(property, "has settings of its own, such as " + property + ".key-sha256");
        }
        Map<String, String> values = new TreeMap<>();
        given.forEach((name, value) -> values.put(plain(name), String.valueOf(value)));
        String hash = Objects.requireNonNullElse(values.remove("keysha256"), "");
        String queued = Objects.requireNonNullElse(values.remove("queued"), String.valueOf(USUALLY_QUEUED));
        if (!values.isEmpty()) {
            throw refused(property, "has key-sha256 and queued, not " + String.join(", ", values.keySet()));
        }
        if (!SHA256.matcher(hash).matches()) {
            throw refused(property, "needs key-sha256: 64 hexadecimal digits, as sha256sum prints them for its key");
        }
        if (!COUNT.matcher(queued).matches()) {
            throw refused(property, "has a queued that is not a whole number from 1 to 999999999");
        }
        return new Account(HexFormat.of().parseHex(hash), Integer.parseInt(queued));
    }

    /// A name as an environment variable spells it, without dashes.
    private static String plain(Object name) {
        return name.toString().replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException refused(String property, String message) {
        return new IllegalArgumentException(property + " " + message);
    }
}
