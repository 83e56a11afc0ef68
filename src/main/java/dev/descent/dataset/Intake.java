package dev.descent.dataset;

import dev.descent.core.data.Generator;
import dev.descent.core.data.InvalidTable;
import dev.descent.core.data.Table;
import dev.descent.core.data.TableSummary;
import dev.descent.core.data.TextTable;
import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.Blobs;
import dev.descent.storage.Ids;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes datasets: of what is uploaded, and of formulas.
///
/// The bytes are on the disk before they are looked at, and go again when they are no table; the row that names them
/// comes last.
@Component
class Intake {

    private final Blobs blobs;
    private final Ids ids;
    private final Clock clock;
    private final UploadProperties properties;

    Intake(Blobs blobs, Ids ids, Clock clock, UploadProperties properties) {
        this.blobs = blobs;
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
    }

    /// Reads `upload` to its end and makes a table of it. Both are on the disk, and held there, while `register` adds
    /// the
    /// dataset's row, and go again when it does not.
    <T> T keep(InputStream upload, @Nullable String filename, UploadOptions options, Function<Dataset, T> register)
            throws IOException {
        String label = DatasetName.label(filename);
        String name = options.name() != null ? options.name() : DatasetName.ofFile(label);
        return withContent(upload, content -> {
            return withBlob(table -> {
                TableSummary summary = tabulate(content.commit(), options, table);
                return register.apply(dataset(name, summary, table.commit(), content.commit(), Source.upload(label)));
            });
        });
    }

    /// Reads `upload` to its end and says what table it would make; keeps nothing.
    DatasetPreview preview(InputStream upload, UploadOptions options) throws IOException {
        return withContent(upload, content -> {
            TableSummary summary = tabulate(content.commit(), options, OutputStream.nullOutputStream());
            return DatasetPreview.of(summary, content.bytes());
        });
    }

    /// Makes the table of `generator`, and the same as CSV, for `register` as of [#keep].
    <T> T generate(String name, Generator generator, Function<Dataset, T> register) throws IOException {
        return withBlob(table -> withBlob(content -> {
            TableSummary summary = generator.write(table);
            Blob kept = table.commit();
            try (Table written = Table.open(FileChannel.open(blobs.path(kept.sha256())))) {
                var buffered = new BufferedOutputStream(content, 1 << 16);
                TableCsv.write(written, 0, written.rows(), buffered);
                buffered.flush();
            }
            return register.apply(dataset(name, summary, kept, content.commit(), Source.generated(generator)));
        }));
    }

    private TableSummary tabulate(Blob content, UploadOptions options, OutputStream table) {
        var file = new CsvFile(blobs.path(content.sha256()), options.delimiter(), properties.maximumField());
        try {
            return TextTable.write(file, options.text(), properties.limits(), table);
        } catch (InvalidTable invalid) {
            throw InvalidDataset.of(invalid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dataset dataset(String name, TableSummary summary, Blob table, Blob content, Source source) {
        return new Dataset(
                ids.next(Dataset.PREFIX),
                name,
                summary.rows(),
                summary.columns(),
                table.sha256(),
                content.sha256(),
                content.bytes(),
                source,
                summary.warnings(),
                Instant.ofEpochMilli(clock.millis()));
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(BlobWriter blob) throws IOException;
    }

    private <T> T withContent(InputStream upload, Use<T> use) throws IOException {
        return withBlob(content -> {
            copy(upload, content);
            content.commit();
            return use.of(content);
        });
    }

    /// A blob for the length of `use`, and for longer only if a row names it by then.
    private <T> T withBlob(Use<T> use) throws IOException {
        String sha256 = null;
        try (BlobWriter writer = blobs.open()) {
            try {
                return use.of(writer);
            } finally {
                sha256 = writer.committed();
            }
        } finally {
            if (sha256 != null) {
                blobs.delete(sha256);
            }
        }
    }

    private void copy(InputStream upload, BlobWriter target) throws IOException {
        long limit = properties.maximumBytes().toBytes();
        byte[] buffer = new byte[1 << 16];
        for (int count = upload.read(buffer); count >= 0; count = upload.read(buffer)) {
            if (target.bytes() + count > limit) {
                throw new UploadTooLarge(limit);
            }
            target.write(buffer, 0, count);
        }
    }
}
