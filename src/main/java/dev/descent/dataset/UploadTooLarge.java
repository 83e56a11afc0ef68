package dev.descent.dataset;

import dev.descent.fault.TooLarge;

/// An upload has more bytes than are taken.
final class UploadTooLarge extends TooLarge {

    UploadTooLarge(long limit) {
        this("an upload may have " + limit + " bytes");
    }

    private UploadTooLarge(String message) {
        super("too-large", "Too large", message + " (descent.upload.maximum-bytes)");
    }

    static UploadTooLarge unpacked(String part, long limit) {
        return new UploadTooLarge(part + ": unpacked, a file may have " + limit + " bytes");
    }
}
