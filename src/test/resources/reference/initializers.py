# Makes initializers.json: what NumPy draws from RandomState(11) for W (3 x 5) and W (5 x 3), of fanIn columns and
# fanOut rows, and the two deviates that come next.
import json, math, os
import numpy as np


def truncated(g, mean, deviation, shape):
    w = np.empty(shape)
    for i in range(shape[0]):
        for j in range(shape[1]):
            t = g.randn()
            while abs(t) > 2:
                t = g.randn()
            w[i, j] = mean + deviation * t
    return w


def orthogonal(g, gain, shape):
    w = g.randn(*shape)
    wide = shape[0] < shape[1]
    q, r = np.linalg.qr(w.T if wide else w)
    q = q * np.sign(np.diag(r))
    return gain * (q.T if wide else q)


def uniform(g, limit, shape):
    return g.uniform(-limit, limit, shape)


draws = {
    "normal": lambda g, i, o: g.normal(0.25, 1.5, (o, i)),
    "uniform": lambda g, i, o: g.uniform(-0.5, 2, (o, i)),
    "truncatedNormal": lambda g, i, o: truncated(g, 0.25, 1.5, (o, i)),
    "glorotUniform": lambda g, i, o: uniform(g, math.sqrt(6 / (i + o)), (o, i)),
    "glorotNormal": lambda g, i, o: g.normal(0, math.sqrt(2 / (i + o)), (o, i)),
    "heUniform": lambda g, i, o: uniform(g, math.sqrt(6 / i), (o, i)),
    "heNormal": lambda g, i, o: g.normal(0, math.sqrt(2 / i), (o, i)),
    "lecunUniform": lambda g, i, o: uniform(g, math.sqrt(3 / i), (o, i)),
    "lecunNormal": lambda g, i, o: g.normal(0, math.sqrt(1 / i), (o, i)),
    "orthogonal": lambda g, i, o: orthogonal(g, 1.25, (o, i)),
    "scaledNormal": lambda g, i, o: 1 / i * g.randn(o, i),
}
out = {}
for name, draw in draws.items():
    out[name] = []
    for fan_in, fan_out in ((5, 3), (3, 5)):
        g = np.random.RandomState(11)
        w = draw(g, fan_in, fan_out)
        out[name].append({"weights": w.tolist(), "next": g.randn(2).tolist()})
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "initializers.json"), "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
