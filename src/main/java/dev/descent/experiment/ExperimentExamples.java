package dev.descent.experiment;

/// Bodies that run as they stand, once the parabola dataset is generated.
final class ExperimentExamples {

    private ExperimentExamples() {}

    static final String OPTIMIZERS = """
            {
              "name": "optimizers",
              "job": {
                "datasetId": "parabola",
                "features": ["one", "x"],
                "target": "y",
                "network": {
                  "inputs": 2,
                  "layers": [
                    {"type": "dense", "units": 4, "activation": "relu", "bias": false, "weightInitializer": "scaledNormal"},
                    {"type": "dense", "units": 1, "bias": false, "weightInitializer": "scaledNormal"}
                  ]
                },
                "loss": {"type": "squaredError", "reduction": "mean", "scale": 0.5},
                "optimizer": {"type": "sgd", "learningRate": 0.001},
                "steps": 500,
                "seed": 10
              },
              "variants": [
                {"name": "sgd"},
                {"name": "momentum", "optimizer": {"type": "momentum", "learningRate": 0.001}},
                {"name": "rmsProp", "optimizer": {"type": "rmsProp", "learningRate": 0.01}},
                {"name": "adam", "optimizer": {"type": "adam", "learningRate": 0.05}}
              ]
            }""";
}
