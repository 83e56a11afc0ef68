package dev.descent.dataset;

import dev.descent.core.data.ArrayFile;
import dev.descent.core.data.ArrayTable;
import dev.descent.core.data.Flaw;
import dev.descent.core.data.Generator;
import dev.descent.core.data.InvalidTable;
import dev.descent.core.data.Table;
import dev.descent.core.data.TableSummary;
import dev.descent.core.data.TextTable;
import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;
import dev.descent.storage.Blobs;
import dev.descent.storage.Disk;
import dev.descent.storage.Ids;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes datasets: of what is uploaded, and of formulas.
///
/// The bytes are on the disk before they are looked at, and go again when they are no table; the row that names them
/// comes last.
@Component
class Intake {

    /// An upload that did not say its length is asked for room every 2^24 bytes.
    private static final int ROOM_SHIFT = 24;

    private final Blobs blobs;
    private final Disk disk;
    private final Ids ids;
    private final Clock clock;
    private final UploadProperties properties;

    Intake(Blobs blobs, Disk disk, Ids ids, Clock clock, UploadProperties properties) {
        this.blobs = blobs;
        this.disk = disk;
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
    }

    /// Reads `upload` to its end and makes a table of it. All are on the disk, and held there, while `register` adds
    /// the
    /// dataset's row, and go again when it does not.
    <T> T keep(Upload upload, UploadOptions options, Function<Dataset, T> register) throws IOException {
        String label = DatasetName.label(upload.file().filename());
        String name = options.name() != null ? options.name() : DatasetName.ofFile(label);
        return withContents(
                upload,
                contents -> withBlob(table -> {
                    Tabulated made = tabulate(contents, options, table);
                    Source source = Source.upload(label, contents.labelsName(), made.form());
                    return register.apply(dataset(name, made.summary(), table.commit(), contents, source));
                }));
    }

    /// Reads `upload` to its end and says what table it would make; keeps nothing.
    DatasetPreview preview(Upload upload, UploadOptions options) throws IOException {
        return withContents(upload, contents -> {
            Tabulated made = tabulate(contents, options, OutputStream.nullOutputStream());
            return DatasetPreview.of(made.summary(), contents.bytes());
        });
    }

    /// Makes the table of `generator`, and the same as CSV, for `register` as of [#keep].
    <T> T generate(String name, Generator generator, Function<Dataset, T> register) throws IOException {
        return withBlob(table -> withBlob(content -> {
            TableSummary summary = generator.write(table);
            Blob kept = table.commit();
            try (Table written = Table.open(FileChannel.open(blobs.verified(kept.sha256(), "the table")))) {
                var buffered = new BufferedOutputStream(content, 1 << 16);
                TableCsv.write(written, 0, written.rows(), buffered);
                buffered.flush();
            }
            Contents contents = new Contents(content.commit(), null, null);
            return register.apply(dataset(name, summary, kept, contents, Source.generated(generator)));
        }));
    }

    /// What was uploaded, on the disk.
    private record Contents(
            Blob file, @Nullable Blob labels, @Nullable String labelsName) {

        long bytes() {
            return file.bytes() + (labels == null ? 0 : labels.bytes());
        }
    }

    /// @param form of the file, as [Source] has it
    private record Tabulated(TableSummary summary, String form) {}

    private Tabulated tabulate(Contents contents, UploadOptions options, OutputStream table) {
        KeptFile file = kept(contents.file(), Upload.FILE);
        KeptFile labels = contents.labels() == null ? null : kept(contents.labels(), Upload.LABELS);
        try {
            String packed = file.isPacked() ? ".gz" : "";
            Optional<ArrayFile> array = ArrayFile.of(file.part(), file);
            if (array.isPresent()) {
                ArrayFile beside = labels == null ? null : labels(labels);
                return new Tabulated(
                        ArrayTable.write(array.get(), beside, options.text(), properties.limits(), table),
                        array.get().form() + packed);
            }
            if (labels != null) {
                throw new InvalidTable(Flaw.in(
                        labels.part(),
                        "labels-without-array",
                        "labels go with an IDX or NPY file; a CSV file has them in a column of its own"));
            }
            var csv = new CsvFile(file, options.delimiter(), properties.maximumField());
            return new Tabulated(TextTable.write(csv, options.text(), properties.limits(), table), "csv" + packed);
        } catch (InvalidTable invalid) {
            throw InvalidDataset.of(invalid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeptFile kept(Blob content, String part) {
        return new KeptFile(
                blobs.verified(content.sha256(), "the upload"),
                part,
                properties.maximumBytes().toBytes());
    }

    private static ArrayFile labels(KeptFile labels) throws IOException {
        return ArrayFile.of(labels.part(), labels)
                .orElseThrow(() -> new InvalidTable(Flaw.in(
                        labels.part(),
                        "not-an-array",
                        "labels are an IDX file, which begins with two zero bytes, or an NPY file, not this")));
    }

    private Dataset dataset(String name, TableSummary summary, Blob table, Contents contents, Source source) {
        return new Dataset(
                ids.next(Dataset.PREFIX),
                name,
                summary.rows(),
                summary.columns().size(),
                summary.columns(),
                table.sha256(),
                contents.file().sha256(),
                contents.labels() == null ? null : contents.labels().sha256(),
                contents.bytes(),
                source,
                summary.warnings(),
                Instant.ofEpochMilli(clock.millis()));
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(BlobWriter blob) throws IOException;
    }

    @FunctionalInterface
    private interface UseContents<T> {
        T of(Contents contents) throws IOException;
    }

    private <T> T withContents(Upload upload, UseContents<T> use) throws IOException {
        Upload.Part labels = upload.labels();
        return withBlob(file -> {
            copy(upload.file().bytes(), file);
            Blob kept = file.commit();
            if (labels == null) {
                return use.of(new Contents(kept, null, null));
            }
            return withBlob(beside -> {
                copy(labels.bytes(), beside);
                return use.of(new Contents(kept, beside.commit(), DatasetName.label(labels.filename())));
            });
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
            if (target.bytes() >>> ROOM_SHIFT != target.bytes() + count >>> ROOM_SHIFT) {
                disk.requireRoom();
            }
            target.write(buffer, 0, count);
        }
    }
}
