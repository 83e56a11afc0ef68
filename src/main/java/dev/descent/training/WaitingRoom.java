package dev.descent.training;

import dev.descent.tenant.Tenant;
import dev.descent.tenant.Tenants;
import dev.descent.training.queue.QueuePace;
import dev.descent.training.queue.TrainingProperties;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Whether more jobs may wait: the queue has a limit, and every tenant a share of it.
///
/// A paused job counts in its tenant's share, or pausing would make room for more than can be resumed. So nothing is
/// asked of a job that is resumed, tried again or given back: it was taken once, and the queue may be longer by it.
@Component
class WaitingRoom {

    private final JdbcClient database;
    private final Tenants tenants;
    private final TrainingProperties properties;
    private final QueuePace pace;

    WaitingRoom(JdbcClient database, Tenants tenants, TrainingProperties properties, QueuePace pace) {
        this.database = database;
        this.tenants = tenants;
        this.properties = properties;
        this.pace = pace;
    }

    private record Held(int waiting, int paused) {}

    /// Keeps places for jobs of `tenant` that the caller's transaction inserts next: until that ends, nobody else
    /// counts, and no job is claimed.
    ///
    /// @throws ShareUsedUp when the tenant would have more jobs waiting than it may
    /// @throws QueueFull when all tenants would have, together
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(Tenant tenant, int places) {
        database.sql("update turn set turn = turn where tenant = ''").update();
        int share = tenants.queued(tenant);
        Held held = held(tenant);
        if (held.waiting() + held.paused() > share - places) {
            Duration retryAfter =
                    held.waiting() == 0 || places > share ? QueuePace.LONGEST : pace.untilNextStart(tenant);
            throw new ShareUsedUp(tenant, places, share, held.waiting(), held.paused(), retryAfter);
        }
        if (waiting() > properties.queueLimit() - places) {
            throw new QueueFull(places, properties.queueLimit(), pace.untilNextStart());
        }
    }

    private Held held(Tenant tenant) {
        return database.sql("""
                        select count(case when state = 'QUEUED' then 1 end) as waiting,
                               count(case when state = 'PAUSED' then 1 end) as paused
                          from job where tenant = :tenant and state in ('QUEUED', 'PAUSED')
                        """)
                .param("tenant", tenant.name())
                .query(Held.class)
                .single();
    }

    private int waiting() {
        return database.sql("select count(*) from job where state = 'QUEUED'")
                .query(Integer.class)
                .single();
    }
}
