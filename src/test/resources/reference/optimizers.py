"""Writes optimizers.json: paths of L-BFGS by PyTorch 1.13, of Shampoo and K-FAC by NumPy, all in float64.

L-BFGS: torch.optim.LBFGS(max_iter=1, history_size=history), one step an iteration; the path holds w after each step, on
  wave:       sum(A w^2) + sum(sin 3w)
  rosenbrock: (1 - x)^2 + 100 (y - x^2)^2, w = [[x, y]]
Shampoo (Gupta et al. 2018, algorithm 1) on wave: L += G G^T and R += G^T G from epsilon I; W -= rate L^(-1/4) G R^(-1/4);
  a row vector has the one preconditioner R, to the power -1/2. The roots are made anew before step 0, every, 2 every, ...
K-FAC (Martens and Grosse 2015, block-diagonal) on x (n x d) -> tanh -> 2 outputs, half the mean over rows of the squared
  error: per layer A = mean of [x 1]^T [x 1], G = n sum of delta^T delta (delta belongs to the mean), both running means
  from the first batch's; [dW db] -> (G + sqrt(damping)/pi I)^-1 [dW db] (A + pi sqrt(damping) I)^-1 with
  pi^2 = (trace A / its size) / (trace G / its size).
"""
import json, os
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
A = np.array([[1.0, 0.4, -0.3], [0.2, 2.0, 0.1]])
W0 = np.array([[0.5, -1.2, 0.3], [2.0, -0.1, 0.7]])


def lbfgs(problem, rate, history, search, steps):
    w = torch.tensor(W0 if problem == "wave" else [[-1.2, 1.0]], requires_grad=True)
    rule = torch.optim.LBFGS([w], lr=rate, max_iter=1, history_size=history, line_search_fn=search)

    def closure():
        rule.zero_grad()
        if problem == "wave":
            loss = (torch.tensor(A) * w ** 2).sum() + torch.sin(3 * w).sum()
        else:
            loss = (1 - w[0, 0]) ** 2 + 100 * (w[0, 1] - w[0, 0] ** 2) ** 2
        loss.backward()
        return loss

    path = []
    for _ in range(steps):
        rule.step(closure)
        path.append(w.detach().numpy().tolist())
    return {"problem": problem, "learningRate": rate, "history": history, "lineSearch": search or "none",
            "start": (W0 if problem == "wave" else np.array([[-1.2, 1.0]])).tolist(), "path": path}


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(values ** exponent) @ vectors.T


def shampoo(start, coefficients, rate, epsilon, every, steps):
    w = start.copy()
    left, right = epsilon * np.eye(w.shape[0]), epsilon * np.eye(w.shape[1])
    path = []
    for step in range(steps):
        g = 2 * coefficients * w + 3 * np.cos(3 * w)
        right += g.T @ g
        left += g @ g.T
        if step % every == 0:
            row = w.shape[0] == 1
            roots = np.eye(1) if row else power(left, -0.25), power(right, -0.5 if row else -0.25)
        w = w - rate * roots[0] @ g @ roots[1]
        path.append(w.tolist())
    return {"learningRate": rate, "epsilon": epsilon, "every": every, "start": start.tolist(),
            "coefficients": coefficients.tolist(), "path": path}


def kfac(rate, damping, decay, every, steps):
    random = np.random.RandomState(5)
    x, y = random.randn(12, 3), random.randn(12, 2)
    weights = [0.5 * random.randn(4, 3), 0.5 * random.randn(2, 4)]
    biases = [0.1 * random.randn(4), 0.1 * random.randn(2)]
    start = [w.tolist() for w in weights], [b.tolist() for b in biases]
    n = len(x)
    factors, inverses, path = [None, None], [None, None], []
    for step in range(steps):
        inputs = [x, np.tanh(x @ weights[0].T + biases[0])]
        output = inputs[1] @ weights[1].T + biases[1]
        last = (output - y) / n
        deltas = [(1 - inputs[1] ** 2) * (last @ weights[1]), last]
        for i in (0, 1):
            ones = np.hstack([inputs[i], np.ones((n, 1))])
            a, g = ones.T @ ones / n, n * deltas[i].T @ deltas[i]
            if factors[i] is None:
                factors[i] = a, g
            else:
                factors[i] = decay * factors[i][0] + (1 - decay) * a, decay * factors[i][1] + (1 - decay) * g
            if step % every == 0:
                a, g = factors[i]
                pi = np.sqrt((np.trace(a) / len(a)) / (np.trace(g) / len(g)))
                inverses[i] = (np.linalg.inv(a + pi * np.sqrt(damping) * np.eye(len(a))),
                               np.linalg.inv(g + np.sqrt(damping) / pi * np.eye(len(g))))
        for i in (0, 1):
            gradient = np.hstack([deltas[i].T @ inputs[i], deltas[i].sum(0)[:, None]])
            update = inverses[i][1] @ gradient @ inverses[i][0]
            weights[i] = weights[i] - rate * update[:, :-1]
            biases[i] = biases[i] - rate * update[:, -1]
        path.append([{"weights": w.tolist(), "biases": b.tolist()} for w, b in zip(weights, biases)])
    return {"learningRate": rate, "damping": damping, "decay": decay, "every": every, "x": x.tolist(), "y": y.tolist(),
            "start": [{"weights": w, "biases": b} for w, b in zip(*start)], "path": path}


out = {
    "about": __doc__,
    "A": A.tolist(),
    "lbfgs": [lbfgs("wave", 1.0, 10, "strong_wolfe", 8), lbfgs("rosenbrock", 0.1, 5, None, 20),
              lbfgs("rosenbrock", 1.0, 3, "strong_wolfe", 25)],
    "shampoo": [shampoo(W0, A, 0.1, 1e-4, 1, 8), shampoo(W0, A, 0.1, 1e-4, 3, 8),
                shampoo(W0[:1], A[:1], 0.1, 1e-4, 1, 8)],
    "kfac": [kfac(0.1, 0.01, 0.95, 1, 6), kfac(0.1, 0.01, 0.95, 2, 6)],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizers.json"), "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
