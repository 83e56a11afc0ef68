package dev.descent.training;

import dev.descent.fault.Exhausted;
import dev.descent.tenant.Tenant;
import java.time.Duration;

/// A tenant would have more jobs waiting than its share of the queue.
final class ShareUsedUp extends Exhausted {

    ShareUsedUp(Tenant tenant, int places, int share, int waiting, int paused, Duration retryAfter) {
        super(
                "queue-quota-exceeded",
                "Share of the queue used up",
                tenant.name() + " may have " + share + " jobs waiting (descent.tenants." + tenant.name()
                        + ".queued), and has " + waiting
                        + (paused == 0 ? "" : " and " + paused + " paused")
                        + (places == 1 ? "" : ", too many for " + places + " more at once")
                        + (waiting == 0
                                ? "; resume or cancel some of them"
                                : "; the next of them should start in " + retryAfter.toSeconds() + " seconds"),
                retryAfter);
    }
}
