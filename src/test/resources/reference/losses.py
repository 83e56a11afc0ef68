# Makes losses.json: what golden/losses.json does not have. Run with Debian's python3-torch and python3-numpy.
import json, os
import numpy as np, torch, torch.nn.functional as F

torch.set_default_dtype(torch.float64)
g = np.random.RandomState(7)
z = g.randn(5, 6)
y = g.randn(5, 3)
positives = g.randint(2, size=(5, 6)).astype(float)
labels = np.array([0, 5, 2, 2, 4])
class_weights = [0.5, 2.0, 1.0, 0.0, 1.5, 3.0]
row_weights = [2.0, 0.5, 0.0, 1.0, 3.0]
T = torch.tensor


def case(f):
    t = torch.tensor(z, requires_grad=True)
    value = f(t)
    value.backward()
    return {"value": value.item(), "gradient": t.grad.numpy().tolist()}


def weighted(t):
    # rows weighted on top of the weights of their classes
    l = F.cross_entropy(t, T(labels), weight=T(class_weights), reduction="none")
    w = T(row_weights)
    return (w * l).sum() / (w * T(class_weights)[T(labels)]).sum()


cases = {}
for reduction in ("mean", "sum"):
    cases["huber(0.3)/" + reduction] = case(lambda t: F.huber_loss(t[:, :3], T(y), delta=0.3, reduction=reduction))
    cases["binary_cross_entropy(pos_weight=2.5)/" + reduction] = case(
        lambda t: F.binary_cross_entropy_with_logits(t, T(positives), pos_weight=T(2.5), reduction=reduction))
    cases["softmax_cross_entropy(label_smoothing=0.2,class_weights)/" + reduction] = case(
        lambda t: F.cross_entropy(t, T(labels), weight=T(class_weights), label_smoothing=0.2, reduction=reduction))
    cases["gaussian(3 means)/" + reduction] = case(
        lambda t: F.gaussian_nll_loss(t[:, :3], T(y), torch.exp(t[:, 3:]), full=True, eps=1e-300, reduction=reduction))


def mixture(t):
    d = torch.distributions
    return -d.MixtureSameFamily(d.Categorical(logits=t[:, :2]), d.Normal(t[:, 2:4], torch.exp(t[:, 4:]))).log_prob(T(y[:, 0]))


cases["mixture(2)/mean"] = case(lambda t: mixture(t).mean())
cases["mixture(2)/sum"] = case(lambda t: mixture(t).sum())
cases["softmax_cross_entropy(class_weights,row_weights)/mean"] = case(weighted)
w = T(row_weights)
cases["squared_error(row_weights)/mean"] = case(lambda t: (w[:, None] * (t[:, :3] - T(y)) ** 2).sum() / (w.sum() * 3))
# two heads: 0.5 squared error on the first output, 2 times cross-entropy over the other five
five = np.array([0, 4, 1, 1, 3])
cases["heads/mean"] = case(lambda t: 0.5 * F.mse_loss(t[:, :1], T(y[:, :1])) + 2 * F.cross_entropy(t[:, 1:], T(five)))

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "losses.json"), "w") as f:
    json.dump({"about": "PyTorch " + torch.__version__ + " on z (5 x 6); gradients with respect to z", "z": z.tolist(),
               "y": y.tolist(), "positives": positives.tolist(), "labels": labels.tolist(), "five": five.tolist(),
               "classWeights": class_weights, "rowWeights": row_weights, "cases": cases}, f, indent=1)
    f.write("\n")
