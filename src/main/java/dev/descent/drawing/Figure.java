package dev.descent.drawing;

/// A picture with axes, which a [Sheet] can show small beside others.
public sealed interface Figure extends Picture permits LineChart, HeatMap {}
