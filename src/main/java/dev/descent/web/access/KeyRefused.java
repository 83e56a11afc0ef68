package dev.descent.web.access;

import dev.descent.fault.Unidentified;

/// The request shows no key, or one that is nobody's. No message repeats it.
final class KeyRefused extends Unidentified {

    private static final String HOW = "send the header Authorization: Bearer <key>, once";

    private KeyRefused(String type, String title, String message) {
        super(type, title, message);
    }

    static KeyRefused missing() {
        return new KeyRefused("key-required", "Key required", "This service asks for a key: " + HOW);
    }

    static KeyRefused unknown() {
        return new KeyRefused("key-unknown", "Key unknown", "Nobody here has this key: " + HOW);
    }
}
