package dev.descent.core.mistake;

/// A mistake where it was made.
///
/// @param layer counted from 0 in the order of computation
public record Made(Mistake mistake, int layer, Quantity quantity) {}
