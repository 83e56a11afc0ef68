package dev.descent.training.queue;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one place that changes a job's state: the row, if it still has the expected state and fence, and the events
/// that tell of it. Always called within a writing transaction.
@Component
public class Transitions {

    private final JdbcClient database;
    private final JobEvents events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    public Transitions(JdbcClient database, JobEvents events, ApplicationEventPublisher publisher, Clock clock) {
        this.database = database;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    /// Moves the job, or returns false and changes nothing when somebody else moved it first.
    public boolean move(String jobId, long fence, JobState from, Ending to, @Nullable String modelId) {
        if (!from.mayBecome(to.state())) {
            throw new IllegalStateException("a job may not go from " + from + " to " + to.state());
        }
        long delay = to.after() == null ? 0 : to.after().toMillis();
        boolean moved = database.sql("""
                                update job
                                   set state = :to, reason = :reason, message = :message,
                                       model_id = :model, finished_at = :finished,
                                       owner = case when :held = 1 then owner end,
                                       lease_until = case when :held = 1 then lease_until end,
                                       run_after = case when :delay > 0 then (select now_ms from clock) + :delay else 0 end,
                                       tries = tries + case when :delay > 0 then 1 else 0 end
                                 where id = :id and fence = :fence and state = :from
                                """)
                        .param("to", to.state().name())
                        .param(
                                "reason",
                                to.reason() == null ? null : to.reason().name())
                        .param("message", to.message())
                        .param("model", modelId)
                        .param("finished", to.state().terminal() ? clock.millis() : null)
                        .param("held", to.state().atWork() ? 1 : 0)
                        .param("delay", delay)
                        .param("id", jobId)
                        .param("fence", fence)
                        .param("from", from.name())
                        .update()
                == 1;
        if (moved) {
            tell(jobId, new StateReached(to.state(), fence, to.reason(), to.message(), modelId));
        }
        return moved;
    }

    /// Adds the events of a state that a job has come to in this transaction.
    public void tell(String jobId, StateReached reached) {
        events.add(jobId, JobEvent.STATE, reached);
        if (reached.state().terminal()) {
            events.add(jobId, JobEvent.END, reached);
        }
        publisher.publishEvent(new JobChanged(jobId, reached.state()));
    }
}
