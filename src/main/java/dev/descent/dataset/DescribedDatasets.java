package dev.descent.dataset;

import dev.descent.core.data.Generator;
import dev.descent.core.data.TextOptions;
import dev.descent.storage.Disk;
import dev.descent.storage.Sha256;
import dev.descent.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Datasets that are described instead of sent: the tenant's newest of that name where it is just this one, or else a
/// new one.
@Component
public class DescribedDatasets {

    private final Datasets datasets;
    private final Intake intake;
    private final Disk disk;

    DescribedDatasets(Datasets datasets, Intake intake, Disk disk) {
        this.datasets = datasets;
        this.intake = intake;
        this.disk = disk;
    }

    public Dataset generated(Tenant tenant, GenerateDataset description) {
        Generator generator = description.toGenerator();
        Dataset known = newest(tenant, description.title(), dataset -> isMadeBy(dataset, description));
        try {
            return known != null
                    ? known
                    : intake.generate(description.title(), generator, made -> datasets.add(tenant, made));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of a small CSV file.
    public Dataset written(Tenant tenant, String name, String csv) {
        Dataset known = newest(tenant, name, dataset -> isMadeOf(dataset, csv));
        if (known != null) {
            return known;
        }
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        try (var upload = new Upload(
                new Upload.Part(new ByteArrayInputStream(bytes), null), null, disk.reserve(2L * bytes.length))) {
            var options = new UploadOptions(name, ',', TextOptions.DEFAULT);
            return intake.keep(upload, options, made -> datasets.add(tenant, made));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the table is the one that the description makes.
    public static boolean isMadeBy(Dataset dataset, GenerateDataset description) {
        return description.toGenerator().equals(dataset.source().generator());
    }

    /// Whether the dataset was uploaded with these very bytes.
    public static boolean isMadeOf(Dataset dataset, String csv) {
        return dataset.source().generator() == null
                && dataset.contentSha256().equals(Sha256.of(csv.getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable Dataset newest(Tenant tenant, String name, Predicate<Dataset> wanted) {
        try {
            Dataset dataset = datasets.resolve(tenant, name);
            return wanted.test(dataset) ? dataset : null;
        } catch (DatasetNotFound none) {
            return null;
        }
    }
}
