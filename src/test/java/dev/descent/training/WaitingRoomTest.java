package dev.descent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.descent.fault.Exhausted;
import dev.descent.storage.TestDatabase;
import dev.descent.storage.TestStorage;
import dev.descent.tenant.Tenant;
import dev.descent.tenant.Tenants;
import dev.descent.training.queue.QueuePace;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.TrainingProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class WaitingRoomTest {

    private static final Tenant ADA = new Tenant("ada");
    private static final Tenant BOB = new Tenant("bob");
    private static final int THREADS = 64;

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private TestStorage storage;
    private WaitingRoom room;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, Clock.systemUTC(), kind);
        var source = new MapConfigurationPropertySource(Map.of("descent.training.queue-limit", 30));
        TrainingProperties properties = new Binder(source).bindOrCreate("descent.training", TrainingProperties.class);
        Tenants tenants = mock(Tenants.class);
        when(tenants.queued(ADA)).thenReturn(20);
        when(tenants.queued(BOB)).thenReturn(1000);
        var pace = new QueuePace(storage.database(), new RunningJobs(), properties);
        room = new WaitingRoom(storage.database(), tenants, properties, pace);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void shareHoldsExactlyHoweverManyTransactionsFillIt() throws Exception {
        assertThat(submitAtOnce(ADA)).isEqualTo(20);
        assertThat(held()).isEqualTo(20);
    }

    @Test
    void queueHoldsExactlyHoweverManyTransactionsFillIt() throws Exception {
        assertThat(submitAtOnce(BOB)).isEqualTo(30);
        assertThat(held()).isEqualTo(30);
    }

    @Test
    void pausedJobsCountInTheShareButNotInTheQueue() {
        for (int i = 0; i < 20; i++) {
            submit(ADA);
        }
        storage.database().sql("update job set state = 'PAUSED'").update();

        assertThatThrownBy(() -> submit(ADA))
                .isInstanceOf(ShareUsedUp.class)
                .hasMessageContaining("has 0 and 20 paused");
        for (int i = 0; i < 30; i++) {
            submit(BOB);
        }
        assertThatThrownBy(() -> submit(BOB)).isInstanceOf(QueueFull.class);
    }

    @Test
    void jobsThatRunOrHaveEndedTakeNoPlace() {
        for (String state : List.of("RUNNING", "PAUSING", "CANCELLING", "SUCCEEDED", "FAILED", "CANCELLED")) {
            for (int i = 0; i < 20; i++) {
                submit(ADA);
            }
            storage.database()
                    .sql("update job set state = ? where state = 'QUEUED'")
                    .param(state)
                    .update();
        }
        assertThat(held()).isZero();
    }

    private int submitAtOnce(Tenant tenant) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<Boolean>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                asked.add(threads.submit(() -> {
                    start.await();
                    return accepted(tenant);
                }));
            }
            start.countDown();
        }
        int accepted = 0;
        for (Future<Boolean> each : asked) {
            accepted += each.get() ? 1 : 0;
        }
        return accepted;
    }

    private boolean accepted(Tenant tenant) {
        try {
            submit(tenant);
            return true;
        } catch (Exhausted refused) {
            return false;
        }
    }

    private void submit(Tenant tenant) {
        storage.transactions().executeWithoutResult(status -> {
            room.take(tenant, 1);
            storage.database()
                    .sql("""
                            insert into job (id, tenant, dataset_id, state, priority, mem_bytes, created_at, spec, plan)
                            values (:id, :tenant, 'ds_1', 'QUEUED', 0, 1, 0, '{}', '{}')
                            """)
                    .param("id", UUID.randomUUID().toString())
                    .param("tenant", tenant.name())
                    .update();
        });
    }

    private int held() {
        return storage.database()
                .sql("select count(*) from job where state in ('QUEUED', 'PAUSED')")
                .query(Integer.class)
                .single();
    }
}
