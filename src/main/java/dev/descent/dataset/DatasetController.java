package dev.descent.dataset;

import dev.descent.core.data.Generator;
import dev.descent.core.data.Table;
import dev.descent.storage.Disk;
import dev.descent.storage.Idempotency;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.storage.Recorded;
import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(DatasetController.PATH)
@Tag(name = "Datasets", description = "Upload a table, or have one made, and look at it.")
class DatasetController {

    static final String PATH = "/api/v1/datasets";

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Datasets datasets;
    private final Intake intake;
    private final Idempotency idempotency;
    private final UploadProperties properties;
    private final Disk disk;

    DatasetController(
            Datasets datasets, Intake intake, Idempotency idempotency, UploadProperties properties, Disk disk) {
        this.datasets = datasets;
        this.intake = intake;
        this.idempotency = idempotency;
        this.properties = properties;
        this.disk = disk;
    }

    @PostMapping(
            consumes = {
                "text/csv",
                "application/gzip",
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                MediaType.MULTIPART_FORM_DATA_VALUE
            })
    @Operation(summary = "Upload a file to train on: CSV, IDX (MNIST) or NPY (NumPy)", description = """
                    The file is the body itself or the part `file` of a form. Its first bytes say what it is: CSV, IDX or \
                    NPY, each as it is or in gzip, whatever its name.

                    CSV: columns of decimal numbers become numeric, others categorical; `types` overrules that. Anything \
                    doubtful is refused with its line and column, anything odd but clear is taken and listed in `warnings`.

                    IDX and NPY: an array of 1 to 4 dimensions, of which the first counts the rows. The rest of a row, in \
                    row order, are the numeric columns `x0`, `x1`, ... (`value` for an array of one dimension): an image of \
                    28 x 28 is `x0` to `x783`. A form may have a second array in the part `labels`, one number for each \
                    row: it becomes the column `label`. Whole numbers become categories named `0`, `1`, ..., so that \
                    `"target": "label"` is a classification at once; `types=label:numeric` keeps them numbers. NaN is \
                    refused unless `missing=NaN` takes it for a missing cell; infinities always are. For MNIST as it is \
                    published:

                    `curl -F file=@train-images-idx3-ubyte.gz -F labels=@train-labels-idx1-ubyte.gz -F name=mnist .../datasets`""")
    @UploadBody
    @ApiResponse(responseCode = "201", description = "The dataset, each column summed up")
    @ApiResponse(
            responseCode = "400",
            description = "The form is broken, has no part `file`, or an option nobody reads")
    @ApiResponse(responseCode = "413", description = "The file, packed or unpacked, is larger than the service takes")
    @ApiResponse(responseCode = "415", description = "The body is of none of these types")
    @ApiResponse(
            responseCode = "422",
            description = "The file is no table: the first 20 errors by line and column, or by part")
    @ApiResponse(
            responseCode = "507",
            description = "The disk has no room for it, or reports errors; nothing was stored")
    ResponseEntity<Recorded<Dataset>> upload(
            Tenant tenant,
            HttpServletRequest request,
            @Parameter(description = "The same key with the same file creates once, and is answered alike for a day")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String header,
            @RequestParam(required = false) @Nullable String delimiter,
            @RequestParam(required = false) @Nullable String decimal,
            @RequestParam(required = false) @Nullable String missing,
            @RequestParam(required = false) @Nullable String types)
            throws IOException {
        try (var upload = Upload.of(request, properties.maximumBytes(), disk)) {
            var options = UploadOptions.of(name, header, delimiter, decimal, missing, types);
            return intake.keep(upload, options, dataset -> once(tenant, key, PATH, fingerprint(dataset), dataset));
        }
    }

    @PostMapping(
            path = "/preview",
            consumes = {
                "text/csv",
                "application/gzip",
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                MediaType.MULTIPART_FORM_DATA_VALUE
            })
    @Operation(
            summary = "See what a file would become",
            description = "Takes what the upload takes and answers with the types it would infer. Nothing is kept.")
    @UploadBody
    @ApiResponse(responseCode = "200", description = "Columns, rows and warnings, as the upload would answer")
    @ApiResponse(
            responseCode = "400",
            description = "The form is broken, has no part `file`, or an option nobody reads")
    @ApiResponse(responseCode = "413", description = "The file, packed or unpacked, is larger than the service takes")
    @ApiResponse(responseCode = "415", description = "The body is of none of these types")
    @ApiResponse(
            responseCode = "422",
            description = "The file is no table: the first 20 errors by line and column, or by part")
    DatasetPreview preview(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String header,
            @RequestParam(required = false) @Nullable String delimiter,
            @RequestParam(required = false) @Nullable String decimal,
            @RequestParam(required = false) @Nullable String missing,
            @RequestParam(required = false) @Nullable String types)
            throws IOException {
        try (var upload = Upload.of(request, properties.maximumBytes(), disk)) {
            var options = UploadOptions.of(name, header, delimiter, decimal, missing, types);
            return intake.preview(upload, options);
        }
    }

    @PostMapping("/generate")
    @Operation(
            summary = "Make a dataset from a formula",
            description =
                    "The first experiment needs no file. The same numbers come out for the same seed, as NumPy draws them.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = {
                                                @ExampleObject(name = "The lecture's parabola", value = """
                                                        {"generator": "parabola", "name": "parabola", "rows": 100, "noise": 0.1, "seed": 100}"""),
                                                @ExampleObject(name = "The truth table of XOR", value = """
                                                        {"generator": "xor", "rows": 4, "noise": 0}""")
                                            })))
    @ApiResponse(responseCode = "201", description = "The dataset, each column summed up")
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "422", description = "There is no such generator, or a number is out of its range")
    ResponseEntity<Recorded<Dataset>> generate(
            Tenant tenant,
            @Parameter(description = "The same key with the same body creates once, and is answered alike for a day")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key,
            @RequestBody GenerateDataset request)
            throws IOException {
        Generator generator = request.toGenerator();
        return intake.generate(
                request.title(), generator, dataset -> once(tenant, key, PATH + "/generate", request, dataset));
    }

    private static List<String> fingerprint(Dataset dataset) {
        return List.of(
                dataset.name(),
                dataset.contentSha256(),
                Objects.requireNonNullElse(dataset.labelsSha256(), ""),
                dataset.sha256());
    }

    private ResponseEntity<Recorded<Dataset>> once(
            Tenant tenant, @Nullable String key, String path, Object request, Dataset dataset) {
        URI location = URI.create(PATH + "/" + dataset.id());
        return idempotency.once(
                tenant,
                key,
                "POST " + path,
                request,
                () -> ResponseEntity.created(location).body(datasets.add(tenant, dataset)));
    }

    @GetMapping
    @Operation(summary = "List the datasets, newest first")
    @ApiResponse(responseCode = "200", description = "Datasets, and the cursor of the next page")
    Page<Dataset> list(
            Tenant tenant,
            @Parameter(description = "Part of the name, in any case") @RequestParam(required = false) @Nullable
                    String q,
            @Parameter(description = "How many at most, 1 to 500; 50 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String after) {
        return datasets.list(tenant, q, PageRequest.of(limit, after, Dataset.PREFIX))
                .map(Dataset::abridged);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read what is known of a dataset")
    @ApiResponse(responseCode = "200", description = "The dataset, each column summed up")
    @ApiResponse(responseCode = "404", description = "There is no such dataset")
    Dataset find(Tenant tenant, @PathVariable String id) {
        return datasets.find(tenant, id);
    }

    @GetMapping(path = "/{id}/rows", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Look at some rows",
            description =
                    "Values as they are trained on; null where a cell is missing. `Accept: text/csv` gives them as CSV, "
                            + "all rows when `limit` is left out, with a `'` before text that a spreadsheet would run as a formula.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The rows",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = DatasetRows.class)),
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
                            }))
    @ApiResponse(responseCode = "404", description = "There is no such dataset")
    @ApiResponse(responseCode = "422", description = "`offset` or `limit` is out of its range")
    DatasetRows rows(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Place of the first row, counted from 0") @RequestParam(required = false) @Nullable
                    Long offset,
            @Parameter(description = "How many at most, 1 to 10,000; 50 when left out (CSV: all)")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit)
            throws IOException {
        DatasetRows.requireRange(offset, limit);
        try (Table table = datasets.open(tenant, id)) {
            return DatasetRows.of(
                    table, offset == null ? 0 : offset, limit == null ? DatasetRows.DEFAULT_LIMIT : limit);
        }
    }

    @GetMapping(path = "/{id}/rows", produces = "text/csv")
    @Operation(hidden = true)
    void rowsAsCsv(
            Tenant tenant,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Long offset,
            @RequestParam(required = false) @Nullable Integer limit,
            HttpServletResponse response)
            throws IOException {
        DatasetRows.requireRange(offset, limit);
        try (Table table = datasets.open(tenant, id)) {
            response.setContentType(CSV.toString());
            long first = Math.min(offset == null ? 0 : offset, table.rows());
            long count = table.rows() - first;
            TableCsv.write(table, first, limit == null ? count : Math.min(limit, count), response.getOutputStream());
        }
    }

    @GetMapping("/{id}/content")
    @Operation(
            summary = "Get the uploaded bytes back",
            description =
                    "Exactly what was uploaded, `part=labels` for the labels; of a generated dataset, its rows as CSV.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "application/gzip", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "404", description = "There is no such dataset, or it came without labels")
    @ApiResponse(responseCode = "422", description = "`part` is neither file nor labels")
    ResponseEntity<Resource> content(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(
                            description = "Which of the uploaded files; `file` when left out",
                            schema = @Schema(allowableValues = {Upload.FILE, Upload.LABELS}))
                    @RequestParam(required = false)
                    @Nullable
                    String part) {
        Dataset dataset = datasets.find(tenant, id);
        boolean labels = switch (part) {
            case null -> false;
            case Upload.FILE -> false;
            case Upload.LABELS -> true;
            default -> throw UploadOptions.refused("part", "part is file or labels", part, List.of("file", "labels"));
        };
        Source source = dataset.source();
        String filename = labels ? source.labels() : source.filename();
        String sha256 = labels ? dataset.labelsSha256() : dataset.contentSha256();
        if (sha256 == null) {
            throw new NoLabels(id);
        }
        var disposition = ContentDisposition.attachment()
                .filename(filename == null ? dataset.name() + source.extension() : filename, StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .eTag(sha256)
                .contentType(labels ? MediaType.APPLICATION_OCTET_STREAM : source.mediaType())
                .body(new FileSystemResource(datasets.content(dataset, sha256)));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Delete a dataset",
            description =
                    "Models that were trained on it go on working. Refused while a job that has not ended needs it.")
    @ApiResponse(responseCode = "204", description = "The dataset is gone")
    @ApiResponse(responseCode = "404", description = "There is no such dataset")
    @ApiResponse(responseCode = "409", description = "A queued or running job needs it")
    ResponseEntity<Void> delete(Tenant tenant, @PathVariable String id) {
        datasets.delete(tenant, id);
        return ResponseEntity.noContent().build();
    }
}
