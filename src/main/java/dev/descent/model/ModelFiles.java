package dev.descent.model;

import dev.descent.fault.Damaged;
import dev.descent.storage.Blobs;
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
    ModelDescription describe(String id) {
        return open(id, in -> BundleFile.readDescription(in, json));
    }

    /// A model with room for `rows` rows; every byte of its file is checked.
    LoadedModel load(String id, int rows) {
        return open(id, in -> {
            ModelDescription description = BundleFile.readDescription(in, json);
            return new LoadedModel(description, BundleFile.readWeights(in, description, rows));
        });
    }

    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private <T> T open(String id, Reader<T> reader) {
        String sha256 = models.find(id).bundleSha256();
        try (var in = new BufferedInputStream(
                Files.newInputStream(blobs.verified(sha256, "the file of model " + id)), BUFFER)) {
            return reader.read(in);
        } catch (Damaged e) {
            models.find(id); // deleted meanwhile: then nothing is damaged
            throw e;
        } catch (IOException | RuntimeException e) {
            models.find(id); // deleted meanwhile: then nothing is damaged
            throw new Damaged("the file of model " + id + " cannot be used: " + e.getMessage());
        }
    }
}
