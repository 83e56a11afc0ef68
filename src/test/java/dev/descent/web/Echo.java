package dev.descent.web;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.fault.Conflict;
import dev.descent.fault.Damaged;
import dev.descent.fault.Exhausted;
import dev.descent.fault.Malformed;
import dev.descent.fault.NotFound;
import dev.descent.fault.NotStored;
import dev.descent.fault.Refused;
import dev.descent.fault.TooLarge;
import dev.descent.fault.UnsupportedForm;
import dev.descent.fault.Violation;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Takes the kinds of request that the service's controllers take, and fails in the ways in which they fail.
@TestComponent
@RestController
@RequestMapping("/echo")
class Echo {

    record Named(String name, List<Double> values) {}

    @PostMapping("/networks")
    NetworkSpec network(@RequestBody NetworkSpec network) {
        return network;
    }

    @PostMapping("/named")
    Named named(@RequestBody Named named) {
        return named;
    }

    @GetMapping("/pages")
    int page(@RequestParam(defaultValue = "50") int limit) {
        return limit;
    }

    @GetMapping("/required")
    String required(@RequestParam String name) {
        return name;
    }

    @GetMapping("/precisions")
    Precision precision(@RequestParam Precision precision) {
        return precision;
    }

    @GetMapping("/headers")
    int header(@RequestHeader("Last-Event-ID") int last) {
        return last;
    }

    @GetMapping("/steps/{n}")
    long step(@PathVariable long n) {
        return n;
    }

    @GetMapping(value = "/table", produces = "text/csv")
    String table() {
        return "x\n1\n";
    }

    @PostMapping(value = "/uploads", consumes = "text/csv")
    int upload(@RequestBody byte[] body) {
        return body.length;
    }

    @PostMapping(value = "/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    long upload(@RequestPart MultipartFile file) {
        return file.getSize();
    }

    @GetMapping("/failures/{kind}")
    void fail(@PathVariable String kind) {
        throw switch (kind) {
            case "malformed" ->
                new Malformed("dataset-odd", "Odd", "odd", List.of(new Violation("?odd", "odd", "odd")));
            case "not-found" -> new NotFound("dataset-not-found", "Dataset not found", "There is no dataset ds_1");
            case "conflict" -> new Conflict("state-conflict", "State conflict", "The job has ended");
            case "refused" ->
                new Refused(
                        "dataset-invalid",
                        "Dataset invalid",
                        "2 rows are ragged",
                        List.of(new Violation("", "ragged-row", "3 fields, 2 expected", null, List.of(), 7L, 3)));
            case "too-large" -> new TooLarge("upload-too-large", "Upload too large", "512 MiB are the most");
            case "form" -> new UnsupportedForm("unsupported-media-type", "Unsupported media type", "no xlsx");
            case "full" -> new Exhausted("queue-full", "Queue full", "full", Duration.ofMillis(1200));
            case "quota" -> new Exhausted("queue-quota-exceeded", "Quota exceeded", "full", Duration.ofSeconds(9));
            case "disk" -> new NotStored("insufficient-storage", "No room", "no room", Duration.ofSeconds(4));
            case "database" -> new DataAccessResourceFailureException("secret");
            case "damaged" -> new Damaged("the file of model mdl_1 cannot be used");
            case "spec" -> new InvalidSpec("/epochs", "out-of-range", "epochs must be at least 1", 0);
            default -> new IllegalStateException("secret: jdbc:sqlite:/home/x");
        };
    }
}
