package dev.descent.training.trace;

import dev.descent.model.Aspect;
import dev.descent.model.Plane;
import dev.descent.model.ReadSurface;
import dev.descent.model.Surface;
import dev.descent.tenant.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Trains a job again, in one pass, and looks at its network at some steps on the way. Steps from before a fork are one
/// more pass, of the job that took them.
@Component
class ReplayFilm {

    private final Replay replay;

    ReplayFilm(Replay replay) {
        this.replay = replay;
    }

    /// Returns null where `goesOn` became false.
    @Nullable
    DecisionFilm film(Tenant tenant, List<Location> places, Plane plane, Aspect aspect, BooleanSupplier goesOn)
            throws IOException {
        List<Surface> surfaces = new ArrayList<>();
        for (int from = 0, to; from < places.size(); from = to) {
            to = from + 1;
            while (to < places.size() && sameRun(places.get(from), places.get(to))) {
                to++;
            }
            if (!pass(tenant, places.subList(from, to), plane, aspect, surfaces, goesOn)) {
                return null;
            }
        }
        return new DecisionFilm(plane, places.stream().map(Location::step).toList(), surfaces);
    }

    private boolean pass(
            Tenant tenant,
            List<Location> places,
            Plane plane,
            Aspect aspect,
            List<Surface> surfaces,
            BooleanSupplier goesOn)
            throws IOException {
        return replay.pass(
                tenant,
                places,
                (step, examples, network) -> {
                    var model = examples.interpretation(places.getFirst().spec());
                    try (ReadSurface reader = ReadSurface.create(model, plane, aspect)) {
                        reader.set(network);
                        surfaces.add(reader.read());
                    }
                },
                goesOn);
    }

    private static boolean sameRun(Location one, Location other) {
        return one.job().id().equals(other.job().id()) && one.round() == other.round();
    }
}
