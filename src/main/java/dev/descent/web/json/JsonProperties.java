package dev.descent.web.json;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param limit the most bytes that a JSON body may have
@ConfigurationProperties("descent.json")
record JsonProperties(@DefaultValue("1MB") DataSize limit) {}
