package dev.descent.model;

/// Some rows of a dataset as points of a picture, and the target of each: as a number, NaN of categories, and as what a
/// class of it is called.
public record Scatter(double[] x, double[] y, double[] target, String[] labels) {}
