"""Writes the small PyTorch fixtures of the Java tests.

    pip install torch==2.7.1 torchvision==0.22.1 numpy
    python benchmarks/peers/make_fixtures.py [--out trainer-service/src/test/resources/pytorch] [NAME …]

All numbers are PyTorch's on the CPU in float64 unless a name says float32; the start is drawn as Java draws it (float32,
then widened). 64-bit words that may pass 2^53 are written as text. Tensors are row-major.

resnet18-steps.json, resnet18-cifar-steps.json, vgg19-small-steps.json: a network trained for three steps, four times.
  network, input {channels,height,width}, dataset (whose normalisation constants are used)
  initialization, initSeed      the start: kaiming-uniform, seed 7
  images, pixels, labels        how many; the formulas of pixel bytes and labels (see image_bytes below)
  orderSeed, order              of epoch 1, by trainer/data/DataOrder; step s, from 1, sees positions (s-1)*batch … s*batch-1
  batch, steps
  evalBefore                    logits [images][10] of the start in evaluation mode, images in their own order
  start {tensors}               [{name, l2, first}]: every parameter and float buffer of the start in state_dict order
                                (of networks without float buffers: every parameter)
  trainings[]                   from that start, each with a fresh optimizer and fresh BatchNorm statistics
    optimizer                   an OptimizerSpec: kind, learningRate, momentum | beta1, beta2, epsilon, weightDecay, warmupEpochs
    losses                      [steps] mean cross-entropy of the batch in training mode, before that step's update
    float32Losses               the same of PyTorch in float32 with one thread
    float32Distance             |θ32 − θ64| / |θ64 − θ0| after the last step, whole network, θ32 of PyTorch in float32, one thread
    float32ThreadDistance       |θ32 − θ32'| / |θ64 − θ0|, θ32' of PyTorch in float32 with two threads; may be 0
    sensitivity                 |θ64' − θ64| / |θ64 − θ0|, θ64' from a start whose values were each moved by one unit in the last
                                place, up or down: what float64 rounding alone may do; a test's tolerance lies above it. ReLU
                                gates and BatchNorm over four images make it large, and float32 a bad judge of these networks
    tensors                     after the last step: [{name, kind: parameter|buffer, l2, moved, first}]: the Euclidean norm of
                                the tensor, of its difference from the start, and its first four values (fewer if it is shorter)
    batchesTracked              num_batches_tracked after the last step, equal in all BatchNorm layers; null without any
    evalAfter                   as evalBefore, after the last step

vgg19-dropout.json: dropout masks, and a small network trained through them.
  masks[]   {dropoutSeed, step, layer, batch, units, probability, key, bits, uniform, kept}: key is the stream's signed 64-bit
            key and bits the first four signed words, as text; uniform are their four numbers; kept is [batch][units] of 0 and 1
  training  a network flatten → linear "classifier.0" (64) → ReLU "classifier.1" → dropout "classifier.2" (0.5) → linear
            "classifier.3" (10) on 1x8x8 images (the same pixel formula, y and x below 8), otherwise as above with one entry
            of trainings laid out flat: {input, dataset, initialization, initSeed, images, orderSeed, order, batch, steps,
            dropoutSeed, optimizer, losses, tensors, evalBefore, evalAfter}

batchnorm.json: one BatchNorm2d(3) in training mode, two batches after each other.
  shape [4,3,5,5], epsilon, momentum, weight [3], bias [3]
  batches[] {input, output, upstream, inputGradient, weightGradient, biasGradient, runningMean, runningVar, batchesTracked}:
            input, output, upstream (the gradient that arrives) and inputGradient are flat [4*3*5*5]; running statistics
            after that batch; gradients are of this batch alone
  evalOutput  of the last input in evaluation mode afterwards, flat
"""

import argparse
import json
import pathlib

import numpy as np
import torch

import thetascope_peer as peer

INIT_SEED, ORDER_SEED, DROPOUT_SEED = 7, 11, 5
IMAGES, BATCH, STEPS = 12, 4, 3
DATASET = "cifar10"


def image_bytes(images, channels, side):
    """Pixel byte and label of image i, channel c, row y, column x (see PIXELS)."""
    i, c, y, x = np.meshgrid(*map(np.arange, (images, channels, side, side)), indexing="ij")
    raw = (i * 7 + c * 31 + y * 13 + x * 17 + y * x * (i + 1)) % 251
    return raw.astype(np.uint8), (np.arange(images) % 10).astype(np.uint8)


PIXELS = "(i*7 + c*31 + y*13 + x*17 + y*x*(i+1)) % 251"
LABELS = "i % 10"


def optimizers(sgd_rate, adam_rate):
    for decay in (0.0, 5e-4):
        yield {"kind": "sgd", "learningRate": sgd_rate, "momentum": 0.9, "weightDecay": decay, "warmupEpochs": 0}
        betas = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
        yield {"kind": "adam", "learningRate": adam_rate, **betas, "weightDecay": decay, "warmupEpochs": 0}


def run_spec(channels, side, optimizer):
    return {
        "input": {"channels": channels, "height": side, "width": side},
        "dataset": {"name": DATASET},
        "optimizer": optimizer,
        "batch": BATCH,
        "epochs": 1,
        "seeds": {"order": ORDER_SEED, "dropout": DROPOUT_SEED},
    }


def heading(network, channels, side):
    order = peer.order_of_epoch(ORDER_SEED, 1, IMAGES).tolist()
    return {
        "network": network,
        "input": {"channels": channels, "height": side, "width": side},
        "dataset": DATASET,
        "initialization": "kaiming-uniform",
        "initSeed": INIT_SEED,
        "images": IMAGES,
        "pixels": PIXELS,
        "labels": LABELS,
        "orderSeed": ORDER_SEED,
        "order": order,
        "batch": BATCH,
        "steps": STEPS,
    }


def tensors(model, start=None):
    kinds = {name: "parameter" for name, _ in model.named_parameters()}
    rows = []
    for name, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            continue
        row = {"name": name, "kind": kinds.get(name, "buffer"), "l2": float(tensor.double().norm())}
        if start is not None:
            row["moved"] = float((tensor.double() - start[name].double()).norm())
        row["first"] = tensor.double().ravel()[:4].tolist()
        rows.append(row)
    return rows


def logits(model, raw, dataset, side, channels):
    model.eval()
    x = peer.normalised(raw, dataset, side, channels, torch.float64)
    return peer.features_and_logits(model, x)[1].tolist()


def trained(make, spec, raw, labels, dtype, threads):
    torch.set_num_threads(threads)
    model = make().to(dtype)
    losses = [loss for _, loss in peer.train(model, spec, raw, labels, STEPS, dtype)]
    torch.set_num_threads(1)
    return model, losses


def nudged(model):
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in model.parameters():
            sign = torch.randint(0, 2, parameter.shape, generator=generator).double() * 2 - 1
            parameter.mul_(1 + sign * 2.0**-52)
    return model


def parameters(model):
    return torch.cat([p.detach().double().ravel() for p in model.parameters()])


def steps(network, sgd_rate, adam_rate):
    channels, side = 3, 32
    raw, labels = image_bytes(IMAGES, channels, side)

    def make():
        return peer.draw_into(peer.built(network, channels), "kaiming-uniform", INIT_SEED, run_format=1)

    start = make().double()
    state = {name: tensor.clone() for name, tensor in start.state_dict().items()}
    result = heading(network, channels, side)
    result["evalBefore"] = logits(start, raw, DATASET, side, channels)
    result["start"] = {"tensors": tensors(start)}
    result["trainings"] = []
    for optimizer in optimizers(sgd_rate, adam_rate):
        spec = run_spec(channels, side, optimizer)
        model, losses = trained(make, spec, raw, labels, torch.float64, 1)
        single, single_losses = trained(make, spec, raw, labels, torch.float32, 1)
        double_threads, _ = trained(make, spec, raw, labels, torch.float32, 2)
        other, _ = trained(lambda: nudged(make().double()), spec, raw, labels, torch.float64, 1)
        assert not torch.equal(parameters(other), parameters(model)), "the nudge was lost"
        end = parameters(model)
        moved = (end - parameters(start)).norm()
        counts = {int(t) for name, t in model.state_dict().items() if name.endswith("num_batches_tracked")}
        assert len(counts) <= 1
        row = {
            "optimizer": optimizer,
            "losses": losses,
            "float32Losses": single_losses,
            "float32Distance": float((parameters(single) - end).norm() / moved),
            "float32ThreadDistance": float((parameters(single) - parameters(double_threads)).norm() / moved),
            "sensitivity": float((parameters(other) - end).norm() / moved),
            "tensors": tensors(model, state),
            "batchesTracked": counts.pop() if counts else None,
        }
        row["evalAfter"] = logits(model, raw, DATASET, side, channels)
        result["trainings"].append(row)
        brief = {k: row[k] for k in ("losses", "float32Distance", "float32ThreadDistance", "sensitivity")}
        print(network, optimizer["kind"], optimizer["weightDecay"], brief)
    return result


def mask(seed, step, layer, batch, units, probability):
    key = peer.key_of(f"thetascope/dropout/v1/{seed}/{step}/{layer}")
    index = np.arange(1, 5, dtype=np.uint64)
    words = peer.mixed(np.uint64(key) + index * np.uint64(peer.GOLDEN_GAMMA)).astype(np.int64)
    kept = peer.dropout_kept(seed, step, layer, (batch, units), probability)
    return {
        "dropoutSeed": seed,
        "step": step,
        "layer": layer,
        "batch": batch,
        "units": units,
        "probability": probability,
        "key": str(np.uint64(key).astype(np.int64)),
        "bits": [str(word) for word in words],
        "uniform": peer.uniform(key, 0, 4).tolist(),
        "kept": kept.astype(int).tolist(),
    }


class DropoutStack(torch.nn.Module):
    def __init__(self):
        super().__init__()
        masked = peer.MaskedDropout("classifier.2", 0.5, DROPOUT_SEED)
        layers = [torch.nn.Linear(64, 64), torch.nn.ReLU(), masked, torch.nn.Linear(64, 10)]
        self.classifier = torch.nn.Sequential(*layers)

    def forward(self, x):
        return self.classifier(x.flatten(1))


def dropout():
    side, dataset = 8, "mnist"
    raw, labels = image_bytes(IMAGES, 1, side)
    optimizer = next(optimizers(0.01, 0.001))
    spec = run_spec(1, side, optimizer) | {"dataset": {"name": dataset}}

    def make():
        return peer.draw_into(DropoutStack(), "kaiming-uniform", INIT_SEED, run_format=1)

    start = make().double()
    training = heading("dropout-stack", 1, side) | {"dataset": dataset}
    training["dropoutSeed"] = DROPOUT_SEED
    training["optimizer"] = optimizer
    training["evalBefore"] = logits(start, raw, dataset, side, 1)
    model, training["losses"] = trained(make, spec, raw, labels, torch.float64, 1)
    training["tensors"] = tensors(model, start.state_dict())
    training["evalAfter"] = logits(model, raw, dataset, side, 1)
    masks = [
        mask(DROPOUT_SEED, 3, "classifier.2", 2, 64, 0.5),
        mask(DROPOUT_SEED, 3, "classifier.5", 2, 64, 0.5),
        mask((1 << 53) - 1, 100_000, "classifier.2", 3, 32, 0.25),
    ]
    return {"masks": masks, "training": training}


def batchnorm():
    shape = (4, 3, 5, 5)
    size = int(np.prod(shape))
    layer = torch.nn.BatchNorm2d(3).double()
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([0.5, -1.25, 2.0]))
        layer.bias.copy_(torch.tensor([0.1, 0.0, -0.75]))
    result = {"shape": shape, "epsilon": layer.eps, "momentum": layer.momentum}
    result |= {"weight": layer.weight.tolist(), "bias": layer.bias.tolist(), "batches": []}
    for number in (1, 2):
        i = torch.arange(size, dtype=torch.float64)
        x = (((i * 37 * number + 11) % 101) / 25 - number).reshape(shape).requires_grad_()
        upstream = (((i * 53 + 7 * number) % 97) / 97 - 0.5).reshape(shape)
        layer.zero_grad(set_to_none=True)
        y = layer(x)
        y.backward(upstream)
        row = {"input": x, "output": y, "upstream": upstream, "inputGradient": x.grad}
        row |= {"weightGradient": layer.weight.grad, "biasGradient": layer.bias.grad}
        row |= {"runningMean": layer.running_mean, "runningVar": layer.running_var}
        row = {name: tensor.detach().ravel().tolist() for name, tensor in row.items()}
        result["batches"].append(row | {"batchesTracked": int(layer.num_batches_tracked)})
    layer.eval()
    result["evalOutput"] = layer(x).detach().ravel().tolist()
    return result


# the design's recipe for VGG19 has smaller rates: at 0.01 a network without BatchNorm soon leaves what rounding can follow
FIXTURES = {
    "resnet18-steps": lambda: steps("resnet18", 0.01, 1e-3),
    "resnet18-cifar-steps": lambda: steps("resnet18-cifar", 0.01, 1e-3),
    "vgg19-small-steps": lambda: steps("vgg19-small", 0.002, 1e-4),
    "vgg19-dropout": dropout,
    "batchnorm": batchnorm,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=list(FIXTURES))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("trainer-service/src/test/resources/pytorch"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name in args.names:
        text = json.dumps(FIXTURES[name](), separators=(",", ":")) + "\n"
        (args.out / f"{name}.json").write_text(text.replace("},{", "},\n{"))
        print(f"{name}.json {len(text)} bytes")


if __name__ == "__main__":
    main()
