package dev.descent.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param reserve how much of the disk uploads leave free, for the database and for what running jobs have to keep
/// @param probeInterval how often a disk that refused a write is tried again
@ConfigurationProperties("descent.storage")
record DiskProperties(
        @DefaultValue("256MB") DataSize reserve,
        @DefaultValue("4s") Duration probeInterval) {}
