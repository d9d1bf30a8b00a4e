"""The networks with every ReLU and pooling as a module of the name that Thetascope gives it, and what can be seen of them.

Imported by check_measures.py and planted.py. Parameters and buffers are torchvision's (LeNet: those of thetascope_peer); only
what has no parameters is renamed. ReLU's derivative at exactly 0 is ½ here, as a central difference sees it, where PyTorch
has 0: at a fresh start a bias is 0, and so is what it is added to where nothing is lit.
"""

import types

import torch

import thetascope_peer as peer


class MiddleRelu(torch.nn.Module):
    """max(x, 0), whose derivative at 0 is ½."""

    def forward(self, x):
        return (x + x.abs()) / 2 if x.dtype == torch.float64 else torch.relu(x)


class LeNet(torch.nn.Module):
    def __init__(self, channels):
        super().__init__()
        plain = peer.LeNet(channels)
        for name, module in plain.named_children():
            setattr(self, name, module)
        for i in range(1, 5):
            setattr(self, f"relu{i}", MiddleRelu())
        self.pool1, self.pool2 = torch.nn.MaxPool2d(2), torch.nn.MaxPool2d(2)

    def forward(self, x):
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        return self.fc3(self.relu4(self.fc2(self.relu3(self.fc1(x.flatten(1))))))


def block_forward(block, x):
    """torchvision's BasicBlock, its one ReLU module taken apart into two."""
    y = block.relu1(block.bn1(block.conv1(x)))
    y = block.bn2(block.conv2(y))
    return block.relu2(y + (x if block.downsample is None else block.downsample(x)))


def built(name, channels):
    """A network in evaluation mode whose modules can be hooked by Thetascope's names."""
    if name == "lenet":
        return LeNet(channels).eval()
    model = peer.built(name, channels)
    if name.startswith("resnet18"):
        model.relu = MiddleRelu()
        for stage in (model.layer1, model.layer2, model.layer3, model.layer4):
            for block in stage:
                del block.relu
                block.relu1, block.relu2 = MiddleRelu(), MiddleRelu()
                block.forward = types.MethodType(block_forward, block)
    else:
        for sequence in (model.features, model.classifier):
            for index, module in sequence.named_children():
                if isinstance(module, torch.nn.ReLU):
                    sequence[int(index)] = MiddleRelu()
    return model.eval()


def relus(model):
    return [name for name, module in model.named_modules() if isinstance(module, MiddleRelu)]


def blocks(model):
    """The layers that end a block: poolings, ReLUs after a residual sum, ReLUs of linear layers."""
    modules = dict(model.named_modules())
    pools = [name for name, module in modules.items() if isinstance(module, torch.nn.MaxPool2d)]
    return pools + [name for name in relus(model) if name.endswith(".relu2") or after_linear(model, name)]


def after_linear(model, relu):
    if isinstance(model, LeNet):
        return relu in ("relu3", "relu4")
    return relu.startswith("classifier.")


def outputs(model, images, layers, batch=128):
    """The outputs of these layers, image by image, in the model's own precision, spatial positions kept; and the logits."""
    found, hooks, logits = {name: [] for name in layers}, [], []
    modules = dict(model.named_modules())
    for name in layers:
        hooks.append(modules[name].register_forward_hook(lambda m, i, output, name=name: found[name].append(output)))
    with torch.no_grad():
        for start in range(0, len(images), batch):
            logits.append(model(images[start : start + batch]))
            yield start, {name: pieces.pop() for name, pieces in found.items()}, logits.pop()
    for hook in hooks:
        hook.remove()


def inferred(model, images):
    """Features [N, P], logits [N, C], and every block's output averaged over its positions [N, channels or units]."""
    averages, features, logits = {name: [] for name in blocks(model)}, [], []
    hook = peer.last_layer(model).register_forward_pre_hook(lambda module, inputs: features.append(inputs[0]))
    for _, found, out in outputs(model, images, list(averages)):
        logits.append(out)
        for name, output in found.items():
            averages[name].append(output.double().flatten(2).mean(2) if output.dim() == 4 else output.double())
    hook.remove()
    return torch.cat(features), torch.cat(logits), {name: torch.cat(pieces).numpy() for name, pieces in averages.items()}


# --- units that may be permuted ---------------------------------------------------------------------------------------


class Units:
    """Hidden units that share one permutation. `rows`: layers that make them (weight's axis 0, bias, BatchNorm); `columns`: the
    weights that read them (axis 1), each unit `block` neighbouring columns wide."""

    def __init__(self, name, rows, columns):
        self.name, self.rows, self.columns = name, list(rows), list(columns)


def units(model):
    """All groups of hidden units, in the order of the network."""
    if hasattr(model, "layer1"):
        return residual_units(model)
    layers = [(n, m) for n, m in model.named_modules() if isinstance(m, (torch.nn.Conv2d, torch.nn.Linear))]
    found = []
    for (name, module), (reader, read) in zip(layers, layers[1:]):
        flat = read.in_features if isinstance(read, torch.nn.Linear) else read.in_channels
        found.append(Units(name, [name], [(reader, flat // module.weight.shape[0])]))
    return found


def residual_units(model):
    """The stream of a stage is one group; within a block the first convolution's filters are another."""
    stream = Units("conv1", ["conv1", "bn1"], [])
    found = [stream]
    for stage in (1, 2, 3, 4):
        for index, block in enumerate(getattr(model, f"layer{stage}")):
            name = f"layer{stage}.{index}"
            inner = Units(f"{name}.conv1", [f"{name}.conv1", f"{name}.bn1"], [(f"{name}.conv2", 1)])
            stream.columns.append((f"{name}.conv1", 1))
            if block.downsample is not None:
                stream.columns.append((f"{name}.downsample.0", 1))
                stream = Units(f"{name}.conv2", [f"{name}.downsample.0", f"{name}.downsample.1"], [])
                found += [inner, stream]
            else:
                found.append(inner)
            stream.rows += [f"{name}.conv2", f"{name}.bn2"]
    stream.columns.append(("fc", 1))
    return found


def permuted(state, group, order):
    """A copy of a state_dict (tensors or arrays) with the group's unit order[i] at place i, in every axis it acts on."""
    made, count = dict(state), len(order)
    for layer in group.rows:
        for name in (f"{layer}.{part}" for part in ("weight", "bias", "running_mean", "running_var")):
            if name in made:
                made[name] = made[name][order]
    for layer, block in group.columns:
        weight = made[f"{layer}.weight"]
        shape = weight.shape
        split = weight.reshape(shape[0], count, block, *shape[2:])
        made[f"{layer}.weight"] = split[:, order].reshape(shape)
    return made
