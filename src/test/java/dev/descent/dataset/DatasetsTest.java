package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.storage.PageRequest;
import dev.descent.storage.TestDatabase;
import dev.descent.storage.TestStorage;
import dev.descent.tenant.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DatasetsTest {

    private static final Tenant TENANT = new Tenant("default");

    @Parameter
    TestDatabase kind;

    @TempDir
    Path root;

    private final List<String> jobs = new ArrayList<>();
    private TestStorage storage;
    private Datasets datasets;

    @BeforeEach
    void open() {
        storage = new TestStorage(root, Clock.systemUTC(), kind);
        var beans = new StaticListableBeanFactory();
        beans.addBean("jobs", (DatasetUse) id -> List.copyOf(jobs));
        datasets = new Datasets(
                storage.database(), JsonMapper.shared(), storage.blobs(), beans.getBeanProvider(DatasetUse.class));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void listIsNewestFirstAndInParts() {
        List.of("a", "b", "c").forEach(this::insert);
        var first = datasets.list(TENANT, null, new PageRequest(2, null));
        assertThat(first.data()).extracting(Dataset::id).containsExactly("ds_c", "ds_b");
        var second = datasets.list(TENANT, null, new PageRequest(2, first.nextCursor()));
        assertThat(second.data()).extracting(Dataset::id).containsExactly("ds_a");
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void partOfANameIsFoundInAnyCase() {
        List.of("iris", "Digits").forEach(this::insert);
        assertThat(datasets.list(TENANT, "DIG", new PageRequest(9, null)).data())
                .extracting(Dataset::name)
                .containsExactly("Digits");
        assertThat(datasets.list(TENANT, "%", new PageRequest(9, null)).data()).isEmpty();
    }

    @Test
    void nameOrIdIsResolvedWithinATenant() {
        insert("iris");
        assertThat(datasets.resolve(TENANT, "iris").id()).isEqualTo("ds_iris");
        assertThat(datasets.resolve(TENANT, "ds_iris").name()).isEqualTo("iris");
        assertThatThrownBy(() -> datasets.resolve(new Tenant("other"), "ds_iris"))
                .isInstanceOf(DatasetNotFound.class);
    }

    /// A job is submitted while its dataset is being deleted: one of the two has to lose.
    @Test
    void deletionWaitsForWhoeverHoldsTheDatasetAndThenSeesItsJob() throws Exception {
        insert("iris");
        var held = new CountDownLatch(1);
        var submit = CompletableFuture.runAsync(() -> storage.transactions().executeWithoutResult(submitting -> {
            datasets.hold(TENANT, "ds_iris");
            held.countDown();
            pause();
            jobs.add("job_1");
        }));
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() ->
                        storage.transactions().executeWithoutResult(deleting -> datasets.delete(TENANT, "ds_iris")))
                .isInstanceOf(DatasetInUse.class);
        submit.get(10, TimeUnit.SECONDS);
        assertThat(datasets.find(TENANT, "ds_iris").name()).isEqualTo("iris");
    }

    @Test
    void deletedDatasetCannotBeHeld() {
        insert("iris");
        storage.transactions().executeWithoutResult(deleting -> datasets.delete(TENANT, "ds_iris"));
        assertThatThrownBy(() ->
                        storage.transactions().executeWithoutResult(submitting -> datasets.hold(TENANT, "ds_iris")))
                .isInstanceOf(DatasetNotFound.class);
    }

    /// Long enough for a deletion that does not wait to be through.
    private static void pause() {
        long end = System.nanoTime() + 300_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void insert(String name) {
        storage.database()
                .sql("""
                        insert into dataset (id, tenant, name, row_count, bytes, content_sha256, table_sha256, summary, created_at)
                        values (:id, 'default', :name, 1, 1, :sha256, :sha256, :summary, 0)
                        """)
                .param("id", "ds_" + name)
                .param("name", name)
                .param("sha256", "0".repeat(64))
                .param("summary", "{\"columns\": [], \"warnings\": [], \"source\": null}")
                .update();
    }
}
