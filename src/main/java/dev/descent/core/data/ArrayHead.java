package dev.descent.core.data;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What an array file says of itself before its numbers begin.
///
/// @param order of the bytes of a number
/// @param columnMajor whether the first index runs fastest, as in Fortran; only with up to two dimensions
/// @param bytes before the first number
record ArrayHead(Element element, ByteOrder order, long[] shape, boolean columnMajor, int bytes) {

    /// The first dimension.
    long rows() {
        return shape[0];
    }

    /// The product of the other dimensions; `Long.MAX_VALUE` when that is less than it is.
    long columns() {
        try {
            return Arrays.stream(shape, 1, shape.length).reduce(1, Math::multiplyExact);
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    /// As in `60000 x 28 x 28`.
    String extent() {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }
}
