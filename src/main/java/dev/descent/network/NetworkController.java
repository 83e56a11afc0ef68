package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Analysis;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.RuleOfThumb;
import dev.descent.storage.Idempotency;
import dev.descent.storage.Page;
import dev.descent.storage.PageRequest;
import dev.descent.storage.Recorded;
import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
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
@RequestMapping(NetworkController.PATH)
@Tag(name = "Networks", description = "Describe a network, ask what it costs, and open it on a few rows.")
class NetworkController {

    static final String PATH = "/api/v1/networks";

    private static final int BATCH = 100;

    private final Networks networks;
    private final Idempotency idempotency;
    private @Nullable Pace pace;

    NetworkController(Networks networks, Idempotency idempotency) {
        this.networks = networks;
        this.idempotency = idempotency;
    }

    @PostMapping
    @Operation(
            summary = "Describe a network to train",
            description = """
                    Layers in order, from the inputs to the outputs. What is left out takes its default: activation \
                    `identity`, a bias, weights `glorotUniform`, biases `zeros`. Nothing is drawn yet: a training job \
                    or a seed does that.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "The lecture's network for the parabola",
                                                            value = NetworkExamples.PARABOLA))))
    @ApiResponse(responseCode = "201", description = "The network, its id and what is odd about it")
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "422", description = "The network cannot be: each error says where and why")
    ResponseEntity<Recorded<NetworkResource>> create(
            Tenant tenant,
            @Parameter(description = "The same key with the same body creates once, and is answered alike for a day")
                    @RequestHeader(name = Idempotency.HEADER, required = false)
                    @Nullable
                    String key,
            @RequestBody CreateNetwork request) {
        return idempotency.once(tenant, key, "POST " + PATH, request, () -> create(tenant, request));
    }

    private ResponseEntity<NetworkResource> create(Tenant tenant, CreateNetwork request) {
        SavedNetwork network = networks.add(tenant, request.name(), request.spec());
        return ResponseEntity.created(URI.create(PATH + "/" + network.id())).body(NetworkResource.from(network));
    }

    @GetMapping
    @Operation(summary = "List the networks, newest first")
    Page<NetworkResource> list(
            Tenant tenant,
            @Parameter(description = "Part of the name, in any case") @RequestParam(required = false) @Nullable
                    String q,
            @Parameter(description = "How many at most, 1 to 500; 50 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            @Parameter(description = "The `nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String after) {
        return networks.list(tenant, q, PageRequest.of(limit, after, Networks.PREFIX))
                .map(NetworkResource::from);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read a network")
    @ApiResponse(responseCode = "200", description = "The network with every default filled in")
    @ApiResponse(responseCode = "404", description = "There is no such network")
    NetworkResource find(Tenant tenant, @PathVariable String id) {
        return NetworkResource.from(networks.find(tenant, id));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Delete a network",
            description = "Jobs and models keep the copy they were made with; nothing else is lost.")
    @ApiResponse(responseCode = "204", description = "The network is gone")
    @ApiResponse(responseCode = "404", description = "There is no such network")
    ResponseEntity<Void> delete(Tenant tenant, @PathVariable String id) {
        networks.delete(tenant, id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{id}/analysis")
    @Operation(summary = "Ask what a network costs and how its values and gradients start", description = """
                    `weights` are the parameters without biases, `parameters` those with them. `multiplyAdds` \
                    are for one row (one multiplication and one addition each): `forward` has one for each weight, \
                    `x W^T`; `backward` one for each weight for its gradient, `delta^T x`, and as many again for the \
                    gradient that goes to the layer before, `delta W`, which the first layer does not need. Adding \
                    biases, activation functions, the loss and the optimizer are not counted. Memory is in bytes, for \
                    each precision: `activationsPerRow` is the input and each layer's z and a (one matrix where the \
                    activation is the identity), `deltasPerRow` each layer's dJ/dz. `expected` is over the draw \
                    of the parameters and over uncorrelated inputs of mean 0 and variance 1: exact without a `reason`, \
                    else approximate, which takes pre-activations for normal, or null. `expectedGradient` is the same for \
                    the way back, for a delta of the last layer with mean square 1. `seconds` estimates what a step takes \
                    on this machine, and a training of `epochs` over `rows`. `rules` holds the rules of thumb of the \
                    lectures against the network. Every warning and rule links to `docs/network-analysis.md`.""")
    @ApiResponse(
            responseCode = "200",
            description = "Shapes, counts, bytes, seconds and expected sizes, layer by layer")
    @ApiResponse(responseCode = "404", description = "There is no such network")
    @ApiResponse(responseCode = "422", description = "A query parameter is out of range")
    NetworkAnalysis analysis(
            Tenant tenant,
            @PathVariable String id,
            @Parameter(description = "Rows there are to train on; for the seconds and a rule of thumb")
                    @RequestParam(required = false)
                    @Nullable
                    Integer rows,
            @Parameter(description = "Rows in a batch; 100 when left out") @RequestParam(required = false) @Nullable
                    Integer batchSize,
            @Parameter(description = "How often all rows are seen; 1 when left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer epochs) {
        NetworkSpec spec = networks.find(tenant, id).spec();
        Long known = rows == null ? null : Long.valueOf(positive("rows", rows, 1));
        int batch = positive("batchSize", batchSize, BATCH);
        int rounds = positive("epochs", epochs, 1);
        Analysis analysis = Analysis.of(spec);
        return NetworkAnalysis.of(
                analysis, EstimatedSeconds.of(analysis, pace(), batch, known, rounds), RuleOfThumb.of(spec, known));
    }

    private static int positive(String name, @Nullable Integer value, int fallback) {
        if (value != null && value < 1) {
            throw new BatchRefused(new InvalidSpec("?" + name, "out-of-range", name + " must be at least 1", value));
        }
        return value == null ? fallback : value;
    }

    /// Measured when it is first asked for.
    private synchronized Pace pace() {
        Pace known = pace;
        if (known == null) {
            known = Pace.measure(System::nanoTime);
            pace = known;
        }
        return known;
    }
}
