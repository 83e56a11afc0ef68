package dev.descent.network;

import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(NetworkController.PATH + "/{id}")
@Tag(name = "Networks")
class PassController {

    private final Networks networks;

    PassController(Networks networks) {
        this.networks = networks;
    }

    @PostMapping("/forward")
    @Operation(
            summary = "Send rows through a network and see every z and a",
            description = """
                    The parameters are either given as `weights`, a list with W (units x in) and b for each layer, or \
                    drawn with `seed` as a training job with that seed would draw them. At most 10,000 rows, and an \
                    answer of at most a million numbers. The pass is one of prediction: dropout does nothing, batch \
                    normalisation uses its running statistics. A number that is not finite appears as null, with a `reason` \
                    beside it.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "Two rows through the parabola's network",
                                                            value = NetworkExamples.FORWARD))))
    @ApiResponse(responseCode = "200", description = "W, b, z and a of every layer")
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such network")
    @ApiResponse(responseCode = "413", description = "More rows than one request may send")
    @ApiResponse(responseCode = "422", description = "Rows or weights do not fit the network: each error says where")
    ForwardPass forward(Tenant tenant, @PathVariable String id, @RequestBody ForwardRequest request) {
        return ForwardPass.of(networks.find(tenant, id).spec(), request);
    }

    @PostMapping("/gradients")
    @Operation(
            summary = "Send rows through a network and back and see every gradient",
            description = """
                    Every layer with input, z, a, delta = dJ/dz, dW, db and the gradient of its input; `inputGradient` \
                    is dJ/dX. The pass is one of training: batch normalisation uses the statistics of these rows, and \
                    dropout draws its mask with `seed` after the weights, as the first step of a job with full batches \
                    does (with 0 where weights are given). `targets` has a row of outputs for each row of `inputs`; for classes it is one-hot. \
                    With `check` every gradient is compared with the central difference \
                    (J(w + h) - J(w - h)) / 2h: `largestRelativeError` is |a - n| / max(|a| + |n|, 1e-4 |J|) \
                    at its largest, with the place where that is. A relu whose z lies within h of 0 has no derivative \
                    there, and the two differ without either being wrong.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "Two points of the parabola, checked",
                                                            value = NetworkExamples.GRADIENTS))))
    @ApiResponse(responseCode = "200", description = "The loss and every number of the pass")
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such network")
    @ApiResponse(responseCode = "413", description = "More rows than one request may send")
    @ApiResponse(
            responseCode = "422",
            description = "Rows, targets, weights or loss do not fit the network, or the check would take too long")
    Gradients gradients(Tenant tenant, @PathVariable String id, @RequestBody GradientsRequest request) {
        return Gradients.of(networks.find(tenant, id).spec(), request);
    }

    @PostMapping("/answers")
    @Operation(
            summary = "Check your own gradients, and hear which mistake made them",
            description = """
                    The body of `/gradients` and, in `answers`, whatever you computed yourself: for each layer any of \
                    `preActivation`, `activation`, `delta`, `weightGradient`, `biasGradient` and `inputGradient`, and the \
                    `loss`. Each array is compared with the analytic gradient and, where there is one, with the central \
                    difference. What was computed in binary32, or written with at least four digits, is not called \
                    wrong. What is wrong is explained by the fewest mistakes that make these numbers: a factor of 2, a \
                    missing 1/n, a missing g'(z), a transposed array and the others of `docs/gradient-check.md`. What only \
                    follows from a mistake in a later layer is said to. Where this batch cannot tell two mistakes apart, \
                    both are named. A shape that no mistake leads to is refused.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            examples =
                                                    @ExampleObject(
                                                            name = "Two points of the parabola, the slope forgotten",
                                                            value = NetworkExamples.ANSWERS))))
    @ApiResponse(responseCode = "200", description = "A verdict for each array, and the mistakes by name")
    @ApiResponse(responseCode = "400", description = "The body is not JSON, or a value has the wrong type")
    @ApiResponse(responseCode = "404", description = "There is no such network")
    @ApiResponse(responseCode = "413", description = "More rows than one request may send")
    @ApiResponse(
            responseCode = "422",
            description = "Rows, targets, weights, loss or an answer's shape do not fit the network, or the check would"
                    + " take too long")
    CheckedAnswers answers(Tenant tenant, @PathVariable String id, @RequestBody AnswersRequest request) {
        return CheckAnswers.of(networks.find(tenant, id).spec(), request);
    }
}
