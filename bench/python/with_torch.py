"""PyTorch at the work named, tensors in memory, over as many threads as told: a contender of bench/compare."""
import sys
import time

try:
    import torch
except ImportError:
    print("absent: no PyTorch for this Python (Debian: apt-get install python3-torch)", flush=True)
    sys.exit()
from torch import nn

WORK, THREADS = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(THREADS)
torch.manual_seed(10)


def lecture():
    x = torch.linspace(-10, 10, 100, dtype=torch.float64).reshape(100, 1)
    data = torch.cat([torch.ones_like(x), x], dim=1), x ** 2 + 0.1 * torch.randn(100, 1, dtype=torch.float64)
    network = nn.Sequential(nn.Linear(2, 4, bias=False), nn.ReLU(), nn.Linear(4, 1, bias=False)).double()
    mean = nn.MSELoss()
    return data, network, (lambda output, target: 0.5 * mean(output, target)), torch.optim.SGD(network.parameters(), lr=0.001)


def images(network):
    data = torch.rand(50_000, 784), torch.randint(10, (50_000,))
    return data, network, nn.CrossEntropyLoss(), torch.optim.Adam(network.parameters(), lr=1e-3)


if WORK == "lecture":
    STEPS, BATCH = 1000, None
    (X, Y), network, loss_of, optimizer = lecture()
elif WORK == "mnist":
    STEPS, BATCH = 500, 100
    (X, Y), network, loss_of, optimizer = images(nn.Sequential(nn.Linear(784, 100), nn.Sigmoid(), nn.Linear(100, 10)))
else:
    STEPS, BATCH = 40, 256
    (X, Y), network, loss_of, optimizer = images(nn.Sequential(
        nn.Linear(784, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10)))


def burst():
    losses, gradients = [], []
    rows = torch.randperm(len(X))
    wall, cpu = time.perf_counter(), time.process_time()
    for step in range(STEPS):
        if BATCH is None:
            x, y = X, Y
        else:
            picked = rows[step * BATCH % (len(X) - BATCH):][:BATCH]
            x, y = X[picked], Y[picked]
        loss = loss_of(network(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        losses.append(loss.item())
        if BATCH is None:
            gradients.append([parameter.grad.clone() for parameter in network.parameters()])
        optimizer.step()
    return (time.perf_counter() - wall) / STEPS, (time.process_time() - cpu) / STEPS


print("ready, " + torch.__version__, flush=True)
for _ in sys.stdin:
    print(*burst(), flush=True)
