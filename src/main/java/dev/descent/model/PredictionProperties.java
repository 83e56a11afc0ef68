package dev.descent.model;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param maximumBytes of a text whose rows are to be predicted
@ConfigurationProperties("descent.predictions")
record PredictionProperties(@DefaultValue("512MB") DataSize maximumBytes) {}
