package dev.descent.training.compare;

/// Answers that the API description shows.
final class ComparisonExamples {

    static final String LEARNING_RATES = """
            {
              "jobs": [
                {"id": "job_01jd3m5k7q9s1v3x5z7b9d1f3h", "name": "parabola", "state": "SUCCEEDED"},
                {"id": "job_01jd3m5k7q9s1v3x5z7b9d1f3j", "name": "parabola", "state": "SUCCEEDED"}
              ],
              "settings": [{"pointer": "/optimizer/learningRate", "values": [0.1, 0.2]}],
              "data": {
                "same": true,
                "datasetIds": ["ds_01jd3m5k7q9s1v3x5z7b9d1f3h", "ds_01jd3m5k7q9s1v3x5z7b9d1f3h"],
                "sha256": [
                  "d736768a258d82fc07a5d0362440e13c6e9d503db82a80ca8b6b2fbc8cd73f03",
                  "d736768a258d82fc07a5d0362440e13c6e9d503db82a80ca8b6b2fbc8cd73f03"
                ]
              },
              "curves": {
                "steps": [0, 6, 13, 19],
                "jobs": [
                  {
                    "jobId": "job_01jd3m5k7q9s1v3x5z7b9d1f3h",
                    "name": "job_01jd3m5k7q9s1v3x5z7b9d1f3h",
                    "over": "batch",
                    "trainingLoss": [2287.2244383682464, 1013.5657984898229, 968.1220886488074, 934.1396805749519],
                    "validationLoss": null
                  },
                  {
                    "jobId": "job_01jd3m5k7q9s1v3x5z7b9d1f3j",
                    "name": "job_01jd3m5k7q9s1v3x5z7b9d1f3j",
                    "over": "batch",
                    "trainingLoss": [2287.2244383682464, 922.925805200682, 765.8062027711178, 718.5406090911201],
                    "validationLoss": null
                  }
                ],
                "sampled": true,
                "nonFinite": []
              },
              "partings": [
                {
                  "jobIds": ["job_01jd3m5k7q9s1v3x5z7b9d1f3h", "job_01jd3m5k7q9s1v3x5z7b9d1f3j"],
                  "outcome": "parted",
                  "message": "the update of step 0 sets the weights apart",
                  "step": 1,
                  "update": 0,
                  "round": 0,
                  "commonSteps": 0,
                  "searchedSteps": 1,
                  "firstDifference": {
                    "layer": 0,
                    "pointer": "/layers/0",
                    "parameter": "weights",
                    "index": [0, 0],
                    "values": [-0.25707490966141994, -0.6157456244719909]
                  },
                  "causes": ["/optimizer/learningRate"],
                  "singleSettingReplays": [
                    {
                      "settings": ["/optimizer/learningRate"],
                      "step": 1,
                      "cause": true,
                      "same": true,
                      "problem": null
                    }
                  ]
                }
              ]
            }""";

    private ComparisonExamples() {}
}
