package dev.descent.network;

/// Bodies that run as they stand; the passes fit the network of [#PARABOLA].
final class NetworkExamples {

    private NetworkExamples() {}

    static final String PARABOLA = """
            {
              "name": "2-4-1",
              "inputs": 2,
              "layers": [
                {"type": "dense", "units": 4, "activation": "relu", "bias": false, "weightInitializer": "scaledNormal"},
                {"type": "dense", "units": 1, "bias": false, "weightInitializer": "scaledNormal"}
              ]
            }""";

    static final String FORWARD = """
            {"seed": 10, "inputs": [[1, 3.0], [1, -2.0]]}""";

    static final String GRADIENTS = """
            {
              "weights": [
                {"weights": [[0.5, 1.0], [-0.5, 1.0], [0.5, -1.0], [-0.5, -1.0]]},
                {"weights": [[1.0, 2.0, 3.0, 4.0]]}
              ],
              "inputs": [[1, 3.0], [1, -2.0]],
              "targets": [[9.0], [4.0]],
              "loss": {"type": "squaredError", "reduction": "mean", "scale": 0.5},
              "check": true
            }""";

    /// The slope of the relu is missing in the first layer.
    static final String ANSWERS = """
            {
              "weights": [
                {"weights": [[0.5, 1.0], [-0.5, 1.0], [0.5, -1.0], [-0.5, -1.0]]},
                {"weights": [[1.0, 2.0, 3.0, 4.0]]}
              ],
              "inputs": [[1, 3.0], [1, -2.0]],
              "targets": [[9.0], [4.0]],
              "loss": {"type": "squaredError", "reduction": "mean", "scale": 0.5},
              "answers": {
                "loss": 22.625,
                "layers": [
                  {"weightGradient": [[4.5, -10.25], [9.0, -20.5], [13.5, -30.75], [18.0, -41.0]]},
                  {"delta": [[-0.25], [4.75]], "weightGradient": [[-0.875, -0.625, 11.875, 7.125]]}
                ]
              }
            }""";
}
