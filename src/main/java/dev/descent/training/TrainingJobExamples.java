package dev.descent.training;

/// Bodies that run as they stand, once the parabola dataset is generated and its id is put in.
final class TrainingJobExamples {

    private TrainingJobExamples() {}

    static final String PARABOLA = """
            {
              "name": "parabola",
              "datasetId": "ds_01jd3m5k7q9s1v3x5z7b9d1f3h",
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
              "optimizer": {"type": "sgd", "learningRate": 0.01},
              "batches": "full",
              "steps": 2000,
              "seed": 10,
              "record": {"gradients": {"what": "norms", "every": 10}, "weights": {"what": "values", "every": 100}}
            }""";
}
