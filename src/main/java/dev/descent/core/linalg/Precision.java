package dev.descent.core.linalg;

/// The width of the numbers a run computes with: IEEE 754 binary64 or binary32.
public enum Precision {
    FLOAT64(Double.BYTES),
    FLOAT32(Float.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes that one number takes.
    public int bytes() {
        return bytes;
    }
}
