"""Writes the fixtures that hold our training to PyTorch's arithmetic.

Needs torch 2.7.1, numpy and safetensors; run it from anywhere:

    python trainer-service/src/test/peer/make_fixtures.py

Everything that both sides start from is integer arithmetic, so that it need not be stored.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parents[1] / "resources" / "fixtures"
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, dict(lr=0.01, momentum=0.9)),
    "sgd-decay": (torch.optim.SGD, dict(lr=0.01, momentum=0.9, weight_decay=0.05)),
    "adam": (torch.optim.Adam, dict(lr=0.001)),
    "adam-decay": (torch.optim.Adam, dict(lr=0.001, weight_decay=0.05)),
}
STEPS = 5
LENET_STEPS = 20
LENET_BATCH = 16


def hashed(count, salt):
    """Multiplicative hash of the index, in [-0.5, 0.5)."""
    index = np.arange(count, dtype=np.uint64) + np.uint64(salt)
    return ((index * np.uint64(2654435761)) % np.uint64(2**32)).astype(np.float64) / 2**32 - 0.5


def optimizer_steps():
    """Five updates by given gradients, the rate halved for the last two; parameters after every step."""
    torch.manual_seed(1)
    tensors = {}
    start = [torch.randn(7, 5), torch.randn(11)]
    gradients = [[torch.randn_like(p) * 10.0 ** (-step) for p in start] for step in range(STEPS)]
    for i, p in enumerate(start):
        tensors[f"start.{i}"] = p
        for step in range(STEPS):
            tensors[f"gradient.{step}.{i}"] = gradients[step][i]
    for name, (kind, settings) in OPTIMIZERS.items():
        parameters = [p.clone().requires_grad_() for p in start]
        optimizer = kind(parameters, **settings)
        for step in range(STEPS):
            if step == 3:
                optimizer.param_groups[0]["lr"] /= 2
            for p, g in zip(parameters, gradients[step]):
                p.grad = g.clone()
            optimizer.step()
            for i, p in enumerate(parameters):
                tensors[f"{name}.{step}.{i}"] = p.detach().clone()
    save_file(tensors, OUT / "optimizers.safetensors")


class LeNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 6, 5)
        self.conv2 = torch.nn.Conv2d(6, 16, 5)
        self.fc1 = torch.nn.Linear(400, 120)
        self.fc2 = torch.nn.Linear(120, 84)
        self.fc3 = torch.nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc2(F.relu(self.fc1(x.flatten(1)))))
        return self.fc3(x)


def lenet_steps():
    """Twenty steps in double precision; losses and the weights at the end, thinned out."""
    images = np.floor((hashed(LENET_BATCH * LENET_STEPS * 1024, 17) + 0.5) * 256).reshape(-1, 1, 32, 32)
    labels = torch.arange(LENET_BATCH * LENET_STEPS) % 10
    pixels = (torch.from_numpy(images) / 255 - 0.2860) / 0.3530
    tensors = {}
    for name in ("sgd", "adam"):
        model = LeNet().double()
        with torch.no_grad():
            for number, p in enumerate(model.parameters()):
                fan_in = p[0].numel() if p.dim() > 1 else 0
                bound = (6 / fan_in) ** 0.5 if fan_in else 0
                p.copy_(torch.from_numpy(hashed(p.numel(), 1000 * number) * 2 * bound).reshape(p.shape))
        kind, settings = OPTIMIZERS[name]
        optimizer = kind(model.parameters(), **settings)
        losses = []
        for step in range(LENET_STEPS):
            rows = slice(step * LENET_BATCH, (step + 1) * LENET_BATCH)
            optimizer.zero_grad()
            loss = F.cross_entropy(model(pixels[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        tensors[f"{name}.losses"] = torch.tensor(losses, dtype=torch.float64)
        for key, p in model.named_parameters():
            flat = p.detach().reshape(-1)
            stride = max(1, flat.numel() // 50)
            tensors[f"{name}.{key}"] = flat[::stride].contiguous()
            tensors[f"{name}.norm.{key}"] = flat.norm().reshape(1)
    save_file(tensors, OUT / "lenet-20-steps.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    optimizer_steps()
    lenet_steps()
