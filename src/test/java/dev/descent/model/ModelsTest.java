package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.BootedService;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Network;
import dev.descent.fault.Damaged;
import dev.descent.storage.Blobs;
import dev.descent.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@BootedService
class ModelsTest {

    private final Models models;
    private final ModelFiles files;
    private final Blobs blobs;
    private final JsonMapper json;
    private final TransactionTemplate transactions;
    private final Specimens specimens;

    @Autowired
    ModelsTest(Models models, ModelFiles files, Blobs blobs, JsonMapper json, PlatformTransactionManager transactions) {
        this.models = models;
        this.files = files;
        this.blobs = blobs;
        this.json = json;
        this.transactions = new TransactionTemplate(transactions);
        this.specimens = new Specimens(models, this.transactions);
    }

    @ParameterizedTest
    @EnumSource
    void modelComesBackWhole(Precision precision) {
        String id = specimens.add(precision, Specimens.REGRESSION, Specimens.REGRESSION_WEIGHTS);
        try (LoadedModel model = files.load(Tenant.DEFAULT, id, 1)) {
            String digest = model.description().provenance().weightsSha256();
            assertThat(model.network().digest()).isEqualTo(digest);
            assertThat(model.network().weights()).usingRecursiveComparison().isEqualTo(Specimens.REGRESSION_WEIGHTS);
            ModelDescription written = Specimens.REGRESSION.described(precision, digest);
            assertThat(model.description()).usingRecursiveComparison().isEqualTo(written);
            assertThat(files.describe(Tenant.DEFAULT, id))
                    .usingRecursiveComparison()
                    .isEqualTo(written);
            assertThat(models.find(Tenant.DEFAULT, id).summary()).isEqualTo(ModelSummary.of(written));
        }
    }

    @Test
    void everyFlippedBitIsSeen() throws IOException {
        byte[] file = file();
        read(file);
        for (int i = 0; i < file.length; i++) {
            byte[] damaged = file.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            assertThatThrownBy(() -> read(damaged)).as("byte " + i).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyMissingEndIsSeen() {
        byte[] file = file();
        for (int length = 0; length < file.length; length++) {
            byte[] damaged = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(damaged)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void fileThatGoesOnIsRefused() {
        byte[] longer = Arrays.copyOf(file(), file().length + 1);
        assertThatThrownBy(() -> read(longer)).hasMessageContaining("goes on");
    }

    @Test
    void weightsOfAnotherRunAreRefused() throws IOException {
        String another = "f".repeat(64);
        var out = new ByteArrayOutputStream();
        try (Network network = network()) {
            BundleFile.write(Specimens.REGRESSION.described(Precision.FLOAT64, another), network, json, out);
        }
        assertThatThrownBy(() -> read(out.toByteArray())).hasMessageContaining(another);
    }

    @Test
    void networkThatIsNotTheOneDescribedIsNotWritten() {
        ModelDescription described = Specimens.REGRESSION.described(Precision.FLOAT64, "f".repeat(64));
        try (Network network = network()) {
            assertThatThrownBy(() -> models.write(described, network)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void damagedFileIsSaidToBeDamaged() throws IOException {
        String id = specimens.add(Precision.FLOAT64, Specimens.CLASSES, Specimens.CLASSES_WEIGHTS);
        var path = blobs.path(models.find(Tenant.DEFAULT, id).bundleSha256());
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length - 20] ^= 1;
        Files.write(path, bytes);
        assertThatThrownBy(() -> files.load(Tenant.DEFAULT, id, 1))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(id);
        assertThatThrownBy(() -> files.describe(Tenant.DEFAULT, id))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(id);
        Files.delete(path);
        assertThatThrownBy(() -> files.describe(Tenant.DEFAULT, id)).isInstanceOf(Damaged.class);
        models.delete(Tenant.DEFAULT, id);
    }

    @Test
    void fileGoesWithTheLastModelThatHasIt() {
        String first = specimens.add(Precision.FLOAT32, Specimens.BINARY, Specimens.BINARY_WEIGHTS);
        String second = specimens.add(Precision.FLOAT32, Specimens.BINARY, Specimens.BINARY_WEIGHTS);
        String sha256 = models.find(Tenant.DEFAULT, first).bundleSha256();
        models.delete(Tenant.DEFAULT, first);
        assertThat(blobs.exists(sha256)).isTrue();
        assertThatThrownBy(() -> models.find(Tenant.DEFAULT, first)).isInstanceOf(ModelNotFound.class);
        models.delete(Tenant.DEFAULT, second);
        assertThat(blobs.exists(sha256)).isFalse();
        assertThatThrownBy(() -> files.load(Tenant.DEFAULT, second, 1)).isInstanceOf(ModelNotFound.class);
        assertThatThrownBy(() -> models.delete(Tenant.DEFAULT, second)).isInstanceOf(ModelNotFound.class);
    }

    @Test
    void rowIsInsertedInTheCallersTransactionOnly() {
        try (Network network = network();
                WrittenModel written =
                        models.write(Specimens.REGRESSION.described(Precision.FLOAT64, network.digest()), network)) {
            assertThatThrownBy(() -> models.add(Tenant.DEFAULT, written, null, null))
                    .isInstanceOf(IllegalTransactionStateException.class);
            String id = transactions.execute(status -> {
                status.setRollbackOnly();
                return models.add(Tenant.DEFAULT, written, null, null).id();
            });
            assertThatThrownBy(() -> models.find(Tenant.DEFAULT, id)).isInstanceOf(ModelNotFound.class);
        }
    }

    private byte[] file() {
        var out = new ByteArrayOutputStream();
        try (Network network = network()) {
            BundleFile.write(Specimens.REGRESSION.described(Precision.FLOAT64, network.digest()), network, json, out);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    private void read(byte[] file) throws IOException {
        var in = new ByteArrayInputStream(file);
        BundleFile.readWeights(in, BundleFile.readDescription(in, json), 1).close();
    }

    private static Network network() {
        Network network = Network.create(Specimens.REGRESSION.network(), Precision.FLOAT64, 1, 1);
        network.load(Specimens.REGRESSION_WEIGHTS);
        return network;
    }
}
