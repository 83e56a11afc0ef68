package dev.descent.storage;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// DOWN while writes are refused. Liveness and readiness do not ask: what is stored can be read all the same.
@Component
class StorageHealthIndicator implements HealthIndicator {

    private final Disk disk;

    StorageHealthIndicator(Disk disk) {
        this.disk = disk;
    }

    @Override
    public Health health() {
        return disk.degraded() ? Health.down().build() : Health.up().build();
    }
}
