package dev.descent.training.trace;

import dev.descent.model.Plane;
import dev.descent.model.Surface;
import java.util.List;

/// What a network said at every point of a plane, at some steps of its training.
record DecisionFilm(Plane plane, List<Long> steps, List<Surface> surfaces) {}
