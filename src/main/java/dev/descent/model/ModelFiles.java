package dev.descent.model;

import dev.descent.fault.Damaged;
import dev.descent.storage.Blobs;
import dev.descent.tenant.Tenant;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Opens the files of models. One that is not as it was written is [Damaged]: nothing is answered from it.
@Component
class ModelFiles {

    private static final int BUFFER = 1 << 16;

    private final Models models;
    private final Blobs blobs;
    private final JsonMapper json;

    ModelFiles(Models models, Blobs blobs, JsonMapper json) {
        this.models = models;
        this.blobs = blobs;
        this.json = json;
    }

    /// What a model says of itself; every byte before the weights is checked.
    ModelDescription describe(Tenant tenant, String id) {
        return open(tenant, id, in -> BundleFile.readDescription(in, json));
    }

    /// A model with room for `rows` rows; every byte of its file is checked.
    LoadedModel load(Tenant tenant, String id, int rows) {
        return open(tenant, id, in -> {
            ModelDescription description = BundleFile.readDescription(in, json);
            return new LoadedModel(description, BundleFile.readWeights(in, description, rows));
        });
    }

    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private <T> T open(Tenant tenant, String id, Reader<T> reader) {
        String sha256 = models.find(tenant, id).bundleSha256();
        try (var in = new BufferedInputStream(
                Files.newInputStream(blobs.verified(sha256, "the file of model " + id)), BUFFER)) {
            return reader.read(in);
        } catch (Damaged e) {
            models.find(tenant, id); // deleted meanwhile: then nothing is damaged
            throw e;
        } catch (IOException | RuntimeException e) {
            models.find(tenant, id); // deleted meanwhile: then nothing is damaged
            throw new Damaged("the file of model " + id + " cannot be used: " + e.getMessage());
        }
    }
}
