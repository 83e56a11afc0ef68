package dev.descent.training;

/// Bodies that run as they stand, once the parabola dataset is generated.
final class TrainingJobExamples {

    private TrainingJobExamples() {}

    static final String FORK = """
            {"steps": 20000, "optimizer": {"type": "momentum", "learningRate": 0.0005}}""";

    static final String PARABOLA = """
            {
              "name": "parabola",
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
              "batches": "full",
              "steps": 9010,
              "seed": 10,
              "record": {"gradients": {"what": "norms", "every": 10}, "weights": {"what": "values", "every": 100}}
            }""";
}
