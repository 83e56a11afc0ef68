package dev.descent.dataset;

import dev.descent.fault.TooLarge;

/// An upload has more bytes than are taken.
final class UploadTooLarge extends TooLarge {

    UploadTooLarge(long limit) {
        super("too-large", "Too large", "an upload may have " + limit + " bytes (descent.upload.maximum-bytes)");
    }
}
