package dev.descent.conformance;

import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import dev.descent.core.train.TrainingData;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import dev.descent.training.trace.Beats;
import dev.descent.training.trace.Replays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/conformance")
@Tag(name = "Lessons", description = "The lectures' examples, run here, and their numbers beside this service's.")
class ConformanceController {

    private static final int CREDIT_ROWS = 400;

    /// More than any task holds at once.
    private static final long BYTES = 16 << 20;

    private final RunChecks runChecks;
    private final Datasets datasets;
    private final Replays replays;
    private final JsonMapper json;

    ConformanceController(RunChecks runChecks, Datasets datasets, Replays replays, JsonMapper json) {
        this.runChecks = runChecks;
        this.datasets = datasets;
        this.replays = replays;
        this.json = json;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Compute every reference number again, here and now, and see how many digits agree",
            description = """
                    The numbers of NumPy, PyTorch, scikit-learn and the lectures, each beside what this process computes, \
                    by the code that trains: random streams, the lectures' runs, every activation, loss, optimizer and \
                    schedule, whole passes. `digits` is -log10 of the relative error, 17 where numbers are equal to the \
                    last bit; each check names the number that agrees least. The first request of a process computes \
                    them, in some seconds, and begins with empty lines while it does; later ones are told the same. What \
                    needs Credit.csv, which is not ours to ship, is `NEEDS_DATASET` unless `credit` names a dataset made \
                    of that file, and is computed for each request then.""")
    @ApiResponse(
            responseCode = "200",
            description = "A check for each thing that there are reference numbers of",
            content = @Content(schema = @Schema(implementation = ConformanceReport.class)))
    @ApiResponse(responseCode = "422", description = "`credit` names no dataset, or one that is not made of Credit.csv")
    @ApiResponse(
            responseCode = "503",
            description = "As many steps are being traced as may be, or running jobs leave no memory for it")
    void conformance(
            Tenant tenant,
            @Parameter(
                            description =
                                    "Id or name of a dataset made of Credit.csv of *An Introduction to Statistical Learning*")
                    @RequestParam(required = false)
                    @Nullable
                    String credit,
            HttpServletResponse response)
            throws IOException {
        Dataset dataset = credit == null ? null : credit(tenant, credit);
        ConformanceReport known = dataset == null ? runChecks.known() : null;
        if (known != null) {
            answer(known, response);
            return;
        }
        replays.run(
                BYTES,
                goesOn -> runChecks.run(dataset == null ? null : rows(dataset), goesOn),
                Beats.emptyLines(MediaType.APPLICATION_JSON_VALUE, response),
                report -> answer(report, response));
    }

    private TrainingData rows(Dataset dataset) throws IOException {
        try (Table table = datasets.open(dataset)) {
            return CreditTasks.data(table);
        }
    }

    private Dataset credit(Tenant tenant, String idOrName) {
        Dataset dataset;
        try {
            dataset = datasets.resolve(tenant, idOrName);
        } catch (DatasetNotFound unknown) {
            throw refused("reference-not-found", "no dataset has this id or name", idOrName);
        }
        for (String name : CreditTasks.COLUMNS) {
            if (dataset.columns().stream().noneMatch(column -> isNumeric(column, name))) {
                throw refused(
                        "not-credit", "the dataset has no numeric column " + name + " without missing cells", idOrName);
            }
        }
        if (dataset.rows() != CREDIT_ROWS) {
            throw refused(
                    "not-credit",
                    "the dataset has " + dataset.rows() + " rows, and Credit.csv has " + CREDIT_ROWS,
                    idOrName);
        }
        return dataset;
    }

    private static boolean isNumeric(Column column, String name) {
        return column.name().equals(name) && column.type() == ColumnType.NUMERIC && column.missing() == 0;
    }

    private static Refused refused(String code, String message, String value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation("?credit", code, message, value)));
    }

    private void answer(ConformanceReport report, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(response.getOutputStream(), report);
    }
}
