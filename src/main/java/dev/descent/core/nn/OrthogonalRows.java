package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.random.NumpyRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/// Random rows or columns at right angles, by the QR decomposition of a matrix of normal deviates.
///
/// EJML's Householder decomposition by columns consists of additions, multiplications, divisions and square roots in a
/// fixed order on one thread: it gives the same bits everywhere. It is named here, and not asked for at a factory, so
/// that it stays the one.
final class OrthogonalRows {

    private OrthogonalRows() {}

    /// Fills `target` with `gain` times rows, or columns where these are fewer, of length 1 at right angles to each
    /// other, in binary64 before they are rounded. Making R's diagonal positive makes them uniform (Mezzadri 2007).
    static void fill(Matrix target, double gain, NumpyRandom random) {
        boolean wide = target.rows() < target.columns();
        int rows = Math.max(target.rows(), target.columns());
        int columns = Math.min(target.rows(), target.columns());
        DMatrixRMaj deviates = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < target.rows(); i++) {
            for (int j = 0; j < target.columns(); j++) {
                deviates.set(wide ? j : i, wide ? i : j, random.randn());
            }
        }
        var decomposition = new QRDecompositionHouseholderColumn_DDRM();
        decomposition.decompose(deviates);
        DMatrixRMaj q = decomposition.getQ(null, true);
        DMatrixRMaj r = decomposition.getR(null, true);
        for (int i = 0; i < target.rows(); i++) {
            for (int j = 0; j < target.columns(); j++) {
                int column = wide ? i : j;
                double entry = q.get(wide ? j : i, column);
                target.set(i, j, gain * (r.get(column, column) < 0 ? -entry : entry));
            }
        }
    }
}
