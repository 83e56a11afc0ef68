"""Writes metrics.json: scikit-learn's measures of predictions drawn at random. Run with Debian's python3-sklearn."""
import json
import os

import numpy
from sklearn import metrics

numpy.random.seed(7)


def binary(name, labels, scores):
    fpr, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    precision, recall, levels = metrics.precision_recall_curve(labels, scores)
    edges = numpy.linspace(0, 1, 11)
    bins = numpy.clip(numpy.ceil(scores * 10).astype(int) - 1, 0, 9)
    reliability = []
    for i in range(10):
        held = bins == i
        if held.any():
            reliability.append({"from": edges[i], "rows": int(held.sum()), "meanProbability": scores[held].mean(),
                                "shareTrue": labels[held].mean()})
    return {
        "name": name, "labels": labels.tolist(), "scores": scores.tolist(),
        "rocArea": metrics.roc_auc_score(labels, scores), "averagePrecision": metrics.average_precision_score(labels, scores),
        # from the highest threshold down, as curves are drawn; the first is above every score
        "falsePositiveRate": fpr[1:].tolist(), "truePositiveRate": tpr[1:].tolist(), "rocThresholds": thresholds[1:].tolist(),
        # scikit-learn adds the point (0, 1)
        "precision": precision[:-1][::-1].tolist(), "recall": recall[:-1][::-1].tolist(), "levels": levels[::-1].tolist(),
        "brier": metrics.brier_score_loss(labels, scores), "bins": reliability,
        "calibrationError": sum(b["rows"] * abs(b["meanProbability"] - b["shareTrue"]) for b in reliability) / len(labels),
    }


def classes(name, actual, predicted, count):
    every = list(range(count))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        actual, predicted, labels=every, zero_division=0)
    return {
        "name": name, "actual": actual.tolist(), "predicted": predicted.tolist(),
        "accuracy": metrics.accuracy_score(actual, predicted),
        "confusions": metrics.confusion_matrix(actual, predicted, labels=every).tolist(),
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(),
    }


labels = numpy.random.randint(0, 2, 300)
blurred = 1 / (1 + numpy.exp(-(2 * labels - 1 + 1.5 * numpy.random.randn(300))))
wanted = 100 + 20 * numpy.random.randn(200)
found = wanted + 8 * numpy.random.randn(200)
actual = numpy.random.randint(0, 4, 250)
noisy = numpy.where(numpy.random.rand(250) < 0.6, actual, numpy.random.randint(0, 5, 250))
with open(os.path.join(os.path.dirname(__file__), "metrics.json"), "w") as file:
    json.dump({
        "binary": [
            binary("distinct scores", labels, blurred),
            binary("many ties", labels, numpy.round(blurred, 1)),
            binary("one score", labels, numpy.full(300, 0.5)),
            binary("parted", numpy.arange(10) // 5, numpy.arange(10) / 10.0),
            binary("the wrong way round", 1 - numpy.arange(10) // 5, numpy.arange(10) / 10.0),
        ],
        "classes": [classes("four of five", actual, noisy, 5), classes("all right", actual, actual, 4)],
        "regression": {
            "wanted": wanted.tolist(), "found": found.tolist(), "r2": metrics.r2_score(wanted, found),
            "meanAbsoluteError": metrics.mean_absolute_error(wanted, found),
            "meanSquaredError": metrics.mean_squared_error(wanted, found),
            "rootMeanSquaredError": metrics.mean_squared_error(wanted, found, squared=False),
        },
    }, file, indent=1)
