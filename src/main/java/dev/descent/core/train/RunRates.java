package dev.descent.core.train;

/// The learning rate that a run's optimizer has now, the one it had at first, and how often the run began again with a
/// smaller one.
record RunRates(double present, double first, int restarts) {

    static void keep(Capture walk, double present, double first, int restarts) {
        walk.number("run.learningRate", present);
        walk.number("run.firstLearningRate", first);
        walk.integer("run.restarts", restarts, 0, Integer.MAX_VALUE);
    }

    static RunRates restore(Restoration walk) throws DamagedCheckpoint {
        var rates = new RunRates(walk.number("run.learningRate", 0), walk.number("run.firstLearningRate", 0), (int)
                walk.integer("run.restarts", 0, 0, Integer.MAX_VALUE));
        walk.require(
                rates.present > 0 && rates.present <= rates.first && Double.isFinite(rates.first),
                "the learning rate " + rates.present + " cannot follow from " + rates.first);
        walk.throwComplaint();
        return rates;
    }
}
