package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/// What a job that succeeded leaves, as it is answered: two that computed the same leave the same bytes.
record Left(String weights, String losses, String gradients) {

    static Left of(Http api, String job) {
        JsonNode ended = api.get("/training-jobs/" + job);
        assertThat(ended.get("state").stringValue()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return new Left(
                api.get("/models/" + ended.get("modelId").stringValue())
                        .get("weightsSha256")
                        .stringValue(),
                api.read("/training-jobs/" + job + "/loss-curve").response().body(),
                api.read("/training-jobs/" + job + "/gradients").response().body());
    }
}
