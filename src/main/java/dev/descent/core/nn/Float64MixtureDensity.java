package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// `logsumexp(c) - logsumexp(c + l)` for mixture logits c and each component's log density of the target,
/// `l_k = -((y - m_k) / exp(s_k))^2 / 2 - s_k - log(2 pi) / 2`.
final class Float64MixtureDensity extends Float64Losses {

    private final int components;

    Float64MixtureDensity(Loss.MixtureDensity mixture) {
        components = mixture.components();
    }

    @Override
    /**/ double terms(Float64Matrix p, Float64Matrix y, int from, int to, /**/ double start) {
        double[] out = p.data();
        int step = p.columnStride();
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            int first = i * p.rowStride();
            double wanted = y.data()[i * y.rowStride()];
            sum += logSumOfLogits(out, first, step) - logSumOfJoint(out, first, step, wanted);
        }
        return sum;
    }

    /// With the share r_k of component k in the target's density: `softmax(c)_k - r_k`, `r_k (m_k - y) / exp(2 s_k)`
    /// and `r_k (1 - ((y - m_k) / exp(s_k))^2)`.
    @Override
    void slopes(Float64Matrix p, Float64Matrix y, double factor, Float64Matrix d) {
        double[] out = p.data();
        double[] slopes = d.data();
        int step = p.columnStride();
        int apart = d.columnStride();
        for (int i = 0; i < d.rows(); i++) {
            int first = i * p.rowStride();
            int to = i * d.rowStride();
            double wanted = y.data()[i * y.rowStride()];
            double logits = logSumOfLogits(out, first, step);
            double joint = logSumOfJoint(out, first, step, wanted);
            for (int k = 0; k < components; k++) {
                int logit = first + k * step;
                double share = Float64Functions.exp(joint(out, logit, step, wanted) - joint);
                double precision = Float64Functions.exp(-out[logit + 2 * components * step]);
                double error = (out[logit + components * step] - wanted) * precision;
                double pull = share == 0 ? 0 : share * error; // a component too far to count, however far it is
                int at = to + k * apart;
                slopes[at] = factor * (Float64Functions.exp(out[logit] - logits) - share);
                slopes[at + components * apart] = pull == 0 ? 0 : factor * pull * precision;
                slopes[at + 2 * components * apart] = factor * (share - (pull == 0 ? 0 : pull * error));
            }
        }
    }

    /// Shares, means and standard deviations.
    @Override
    public void probabilities(Matrix output, Matrix parameters) {
        parameters.copy(output);
        Float64Matrix d = (Float64Matrix) parameters;
        double[] out = d.data();
        int step = d.columnStride();
        for (int i = 0; i < d.rows(); i++) {
            int first = i * d.rowStride();
            double logits = logSumOfLogits(out, first, step);
            for (int k = 0; k < components; k++) {
                int logit = first + k * step;
                int deviation = logit + 2 * components * step;
                out[logit] = Float64Functions.exp(out[logit] - logits);
                out[deviation] = Float64Functions.exp(out[deviation]);
            }
        }
    }

    private double logSumOfLogits(double[] out, int first, int step) {
        double maximum = out[first];
        for (int k = 1; k < components; k++) {
            maximum = Math.max(maximum, out[first + k * step]);
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            sum += Float64Functions.exp(out[first + k * step] - maximum);
        }
        return maximum + Float64Functions.log(sum);
    }

    private double logSumOfJoint(double[] out, int first, int step, double wanted) {
        double maximum = joint(out, first, step, wanted);
        for (int k = 1; k < components; k++) {
            maximum = Math.max(maximum, joint(out, first + k * step, step, wanted));
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            sum += Float64Functions.exp(joint(out, first + k * step, step, wanted) - maximum);
        }
        return maximum + Float64Functions.log(sum);
    }

    /// `c_k + l_k` of the component whose logit stands at `logit`.
    private double joint(double[] out, int logit, int step, double wanted) {
        double deviation = out[logit + 2 * components * step];
        double error = (wanted - out[logit + components * step]) * Float64Functions.exp(-deviation);
        return out[logit] - error * error / 2 - deviation - Float64GaussianLikelihood.HALF_LOG_TWO_PI;
    }
}
