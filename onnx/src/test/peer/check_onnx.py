"""Judges our ONNX models by tools that we did not write.

Not part of the test command: it needs Python with torch, onnx, onnxruntime, safetensors and numpy.

    ./thetascope test                        # leaves examples under onnx/target/peer
    python onnx/src/test/peer/check_onnx.py onnx/target/peer

The larger networks:

    mvn -pl onnx test -Dtest=PeerExampleTest -Dthetascope.peer.large=true -Dthetascope.argLine=-Xmx3g

For every example: the ONNX checker passes (by path, so that it looks at the data file too), PyTorch loads the
checkpoint with strict=True, and PyTorch, ONNX Runtime and our own plain Java forward pass give the same features and
logits: max|d| / max|value| <= 1e-5. Prints a line for each and leaves with 1 if one fails.
"""

import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import torch
from safetensors import safe_open
from safetensors.torch import load_file

TOLERANCE = 1e-5


class LeNet(torch.nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(channels, 6, 5)
        self.conv2 = torch.nn.Conv2d(6, 16, 5)
        self.fc1 = torch.nn.Linear(400, 120)
        self.fc2 = torch.nn.Linear(120, 84)
        self.fc3 = torch.nn.Linear(84, 10)

    def features(self, x):
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        return torch.relu(self.fc2(torch.relu(self.fc1(x.flatten(1)))))

    def logits(self, features):
        return self.fc3(features)


class BasicBlock(torch.nn.Module):
    """torchvision's, names and order included."""

    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(width)
        self.conv2 = torch.nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = torch.nn.BatchNorm2d(width)
        self.downsample = None
        if stride > 1:
            self.downsample = torch.nn.Sequential(
                torch.nn.Conv2d(channels, width, 1, stride, bias=False), torch.nn.BatchNorm2d(width)
            )

    def forward(self, x):
        branch = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(branch + (x if self.downsample is None else self.downsample(x)))


class ResNet18(torch.nn.Module):
    def __init__(self, channels, cifar_stem=False):
        super().__init__()
        stem = {"kernel_size": 3, "padding": 1} if cifar_stem else {"kernel_size": 7, "stride": 2, "padding": 3}
        self.conv1 = torch.nn.Conv2d(channels, 64, bias=False, **stem)
        self.bn1 = torch.nn.BatchNorm2d(64)
        self.pool = torch.nn.Identity() if cifar_stem else torch.nn.MaxPool2d(3, 2, 1)
        before = 64
        for stage, width in enumerate((64, 128, 256, 512), 1):
            first = BasicBlock(before, width, 1 if stage == 1 else 2)
            self.add_module(f"layer{stage}", torch.nn.Sequential(first, BasicBlock(width, width, 1)))
            before = width
        self.fc = torch.nn.Linear(512, 10)

    def features(self, x):
        x = self.pool(torch.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return torch.nn.functional.adaptive_avg_pool2d(x, 1).flatten(1)

    def logits(self, features):
        return self.fc(features)


class Vgg19(torch.nn.Module):
    def __init__(self, channels, small_head=False):
        super().__init__()
        layers = []
        for widths in ((64, 64), (128, 128), (256,) * 4, (512,) * 4, (512,) * 4):
            for width in widths:
                layers += [torch.nn.Conv2d(channels, width, 3, padding=1), torch.nn.ReLU()]
                channels = width
            layers.append(torch.nn.MaxPool2d(2))
        self.features_ = torch.nn.Sequential(*layers)
        self.side = 1 if small_head else 7
        wide = (torch.nn.Linear(25088, 4096), torch.nn.ReLU(), torch.nn.Dropout())
        wide += (torch.nn.Linear(4096, 4096), torch.nn.ReLU(), torch.nn.Dropout(), torch.nn.Linear(4096, 10))
        self.classifier = torch.nn.Linear(512, 10) if small_head else torch.nn.Sequential(*wide)

    def load_state_dict(self, state, strict):
        # the module is called features_ here, since features is our method
        renamed = {key.replace("features.", "features_.", 1): value for key, value in state.items()}
        return super().load_state_dict(renamed, strict=strict)

    def features(self, x):
        x = torch.nn.functional.adaptive_avg_pool2d(self.features_(x), self.side).flatten(1)
        return x if self.side == 1 else self.classifier[:-1](x)

    def logits(self, features):
        return self.classifier(features) if self.side == 1 else self.classifier[-1](features)


NETWORKS = {
    "lenet": LeNet,
    "resnet18": ResNet18,
    "resnet18-cifar": lambda channels: ResNet18(channels, cifar_stem=True),
    "vgg19": Vgg19,
    "vgg19-small": lambda channels: Vgg19(channels, small_head=True),
}


def relative(ours, theirs):
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


def judge(folder):
    model = folder / "model.onnx"
    onnx.checker.check_model(str(model), full_check=True)
    expected = load_file(folder / "expected.safetensors")
    with safe_open(folder / "expected.safetensors", "pt") as file:
        name = file.metadata()["network"]
    images = expected["images"]

    peer = NETWORKS[name](images.shape[1])
    peer.load_state_dict(load_file(folder / "checkpoint.safetensors"), strict=True)
    peer.eval()
    with torch.no_grad():
        features = peer.features(images)
        torch_values = {"features": features.numpy(), "logits": peer.logits(features).numpy()}

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    ort_values = dict(zip(("features", "logits"), session.run(["features", "logits"], {"images": images.numpy()})))

    worst = 0.0
    for key, theirs in torch_values.items():
        worst = max(worst, relative(ort_values[key], theirs), relative(expected[key].numpy(), theirs))
    tensors = len(peer.state_dict())
    print(f"{folder.name}: checker passed, {tensors} tensors strict, worst relative difference {worst:.2e}")
    return worst <= TOLERANCE


def main():
    folders = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_dir())
    return 0 if folders and all([judge(folder) for folder in folders]) else 1


if __name__ == "__main__":
    sys.exit(main())
