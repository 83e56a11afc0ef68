package dev.descent.core.mistake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way in which an array became wrong.
///
/// @param mistakes made on the way to it, the first made first; empty where nothing known explains it
/// @param followsFrom the layer whose mistake it only carries on; null where a mistake was made here
/// @param whole false where the shape tells the mistake, and the numbers hold more that nothing
/// explains
public record Reading(List<Made> mistakes, @Nullable Integer followsFrom, boolean whole) {}
