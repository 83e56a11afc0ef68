package dev.descent.training.recording;

/// Records of one width at the steps `first`, `first + every`, ... that are less than `steps`; or, when the run's end
/// counts too (`last`), also at `steps - 1`.
public record Series(long first, long every, long steps, boolean last, long width) {

    /// Records at the steps 0, `every`, 2 `every`, ...
    static Series from(long every, long steps, long width) {
        return new Series(0, every, steps, false, width);
    }

    /// Records at the last step of each epoch.
    static Series ofEpochs(long stepsPerEpoch, long steps, long width) {
        return new Series(stepsPerEpoch - 1, stepsPerEpoch, steps, true, width);
    }

    /// How many records a whole run makes.
    public long count() {
        long regular = steps <= first ? 0 : 1 + (steps - 1 - first) / every;
        return last && (regular == 0 || stepAt(regular - 1) < steps - 1) ? regular + 1 : regular;
    }

    /// The step at which record `index` is made.
    public long stepAt(long index) {
        return Math.min(first + index * every, steps - 1);
    }

    /// The first record at `step` or later; [#count] when there is none.
    public long indexFrom(long step) {
        if (step >= steps) {
            return count();
        }
        return step <= first ? 0 : Math.min(count(), Math.ceilDiv(step - first, every));
    }

    /// Bytes of all records; `Long.MAX_VALUE` when that is less than they are.
    public long bytes() {
        long high = Math.multiplyHigh(count(), width);
        long low = count() * width;
        return high != 0 || low < 0 ? Long.MAX_VALUE : low;
    }
}
