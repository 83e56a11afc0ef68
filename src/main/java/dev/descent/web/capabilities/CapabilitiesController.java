package dev.descent.web.capabilities;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/capabilities")
@Tag(name = "Capabilities", description = "What networks and training jobs can be made of.")
class CapabilitiesController {

    @GetMapping
    @Operation(summary = "See every layer, activation, loss, optimizer and schedule there is", description = """
                    Each with its formula, its source, and its parameters with their defaults. A variant without \
                    required parameters may be named by its bare word: `"relu"` is `{"type": "relu"}`.""")
    @ApiResponse(responseCode = "200", description = "Everything there is")
    Capabilities all() {
        return Capabilities.ALL;
    }
}
