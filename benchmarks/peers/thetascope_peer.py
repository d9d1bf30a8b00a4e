"""What decides a run of Thetascope, written a second time in numpy and PyTorch, from the descriptions of the Java sources.

Imported by the checks beside it; needs torch, torchvision and numpy. Everything here is independent of the system: the
start (networks/Initializers), the order of the images (trainer/data/DataOrder), dropout masks, the seeds of a run
(contracts/run/Seeds), batches (contracts/run/TrainingSchedule), warm-up, normalisation and padding, and the networks as
torchvision has them. Legend: N images, B batch, C channels.
"""

import gzip
import hashlib
import pathlib

import numpy as np
import torch
import torchvision

GOLDEN_GAMMA = 0x9E3779B97F4A7C15
WORD = (1 << 64) - 1
PIECE = 1 << 22

NORMALISATION = {
    "mnist": ([0.1307], [0.3081]),
    "fashion-mnist": ([0.2860], [0.3530]),
    "cifar10": ([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]),
}


# --- random numbers -------------------------------------------------------------------------------------------------


def key_of(text):
    """First eight bytes of the SHA-256, as an unsigned word."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def mixed(z):
    """SplitMix64's finaliser on an array of words."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def words(key, start, count):
    """Elements start … start + count of a stream, 64 bits each."""
    index = np.arange(start + 1, start + count + 1, dtype=np.uint64)
    return mixed(np.uint64(key) + index * np.uint64(GOLDEN_GAMMA))


def uniform(key, start, count):
    """The same in the open interval (0, 1), float64."""
    return ((words(key, start, count) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def signs(key, start, count):
    """The same as −1 or 1, float32: 1 where the 64 bits, as a signed number, are at least 0."""
    return np.where(words(key, start, count) >> np.uint64(63), np.float32(-1), np.float32(1))


def normal(key, start, count):
    """The same, standard normal by Box–Muller: even elements are cosines, odd ones sines of one pair."""
    first = start & ~1
    pairs = (start + count - first + 1) // 2
    u = uniform(key, first, 2 * pairs).reshape(-1, 2)
    radius = np.sqrt(-2 * np.log(u[:, 0]))
    angle = 2 * np.pi * u[:, 1]
    both = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).ravel()
    return both[start - first : start - first + count]


def derived_seed(*parts):
    """A seed of a run: 56 bits of a SHA-256, the lower 53 of them."""
    text = "thetascope-seed" + "".join(f"/{part}" for part in parts)
    return int(hashlib.sha256(text.encode()).hexdigest()[:14], 16) & ((1 << 53) - 1)


def seeds_of_base(seed):
    return {name: derived_seed(seed, name) for name in ("init", "order", "dropout")}


def seeds_of_retraining(parent, twin=0):
    """twin 0: perturbed children and the same-seed twin; k from 1: the k-th twin with a new seed."""
    path = ("retrain",) if twin == 0 else ("new", twin)
    return {"init": 0} | {name: derived_seed(parent, *path, name) for name in ("order", "dropout")}


def order_of_epoch(seed, epoch, images):
    """The image at each position of an epoch (from 1): Fisher–Yates from the end."""
    state = key_of(f"thetascope/order/v1/{seed}/{epoch}")
    words = np.uint64(state) + np.arange(1, images, dtype=np.uint64) * np.uint64(GOLDEN_GAMMA)
    bits = mixed(words) >> np.uint64(1)
    bounds = np.arange(images, 1, -1, dtype=np.uint64)
    values = bits % bounds
    # Java draws again when bits − value + (bound − 1) overflows; below 2^20 images that is one draw in 2^43
    if np.any(bits - values + (bounds - np.uint64(1)) >= np.uint64(1 << 63)):
        raise NotImplementedError(f"order of seed {seed}, epoch {epoch}: a number is drawn again; not written here")
    order = list(range(images))
    for i, j in zip(range(images - 1, 0, -1), values.tolist()):
        order[i], order[j] = order[j], order[i]
    return np.array(order)


def dropout_kept(seed, step, layer, shape, probability):
    """Which elements of a [B, units] activation are kept at a step (from 1)."""
    u = uniform(key_of(f"thetascope/dropout/v1/{seed}/{step}/{layer}"), 0, int(np.prod(shape)))
    return (u >= probability).reshape(shape)


# --- the start ------------------------------------------------------------------------------------------------------


def drawn(kind, name, shape, seed, run_format=2):
    """One parameter as float32 in PyTorch's shape: weights Kaiming with fan-in, biases 0, BatchNorm 1 and 0.

    Runs of format 1 were drawn from streams that all kinds shared.
    """
    if len(shape) == 1:
        norm_weight = name.endswith(".weight")
        return np.full(shape, 1 if norm_weight else 0, np.float32)
    size, fan_in = int(np.prod(shape)), int(np.prod(shape[1:]))
    key = key_of(f"thetascope/initialization/{'v1' if run_format == 1 else f'v2/{kind}'}/{seed}/{name}")
    values = np.empty(size, np.float32)
    for start in range(0, size, PIECE):
        count = min(PIECE, size - start)
        if kind == "kaiming-uniform":
            piece = np.sqrt(6.0 / fan_in) * (2 * uniform(key, start, count) - 1)
        elif kind == "kaiming-normal":
            piece = np.sqrt(2.0 / fan_in) * normal(key, start, count)
        else:
            raise ValueError(f"{kind} is not drawn")
        values[start : start + count] = piece
    return values.reshape(shape)


def draw_into(model, kind, seed, run_format=2):
    """Sets every parameter to its start; buffers stay PyTorch's (running mean 0, variance 1, count 0)."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(drawn(kind, name, tuple(parameter.shape), seed, run_format)))
    return model


# --- networks -------------------------------------------------------------------------------------------------------


class LeNet(torch.nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(channels, 6, 5)
        self.conv2 = torch.nn.Conv2d(6, 16, 5)
        self.fc1 = torch.nn.Linear(400, 120)
        self.fc2 = torch.nn.Linear(120, 84)
        self.fc3 = torch.nn.Linear(84, 10)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        x = torch.relu(self.fc1(x.flatten(1)))
        return self.fc3(torch.relu(self.fc2(x)))


class MaskedDropout(torch.nn.Module):
    """Dropout whose masks are given by (seed, step, layer); set `step` before each forward pass in training."""

    def __init__(self, layer, probability, seed):
        super().__init__()
        self.layer, self.probability, self.seed, self.step = layer, probability, seed, None

    def forward(self, x):
        if not self.training:
            return x
        kept = torch.from_numpy(dropout_kept(self.seed, self.step, self.layer, tuple(x.shape), self.probability))
        return x * (kept.to(x.dtype) / (1 - self.probability))


def built(name, channels=3, dropout_seed=None):
    """A network with PyTorch's own start: torchvision's, or a plain module. Its dropout masks are ours if a seed is given."""
    with torch.random.fork_rng():
        if name == "lenet":
            return LeNet(channels)
        if name.startswith("resnet18"):
            model = torchvision.models.resnet18(num_classes=10)
            if name == "resnet18-cifar":
                model.conv1 = torch.nn.Conv2d(channels, 64, 3, stride=1, padding=1, bias=False)
                model.maxpool = torch.nn.Identity()
            elif channels != 3:
                model.conv1 = torch.nn.Conv2d(channels, 64, 7, stride=2, padding=3, bias=False)
            return model
        with torch.device("meta"):
            model = torchvision.models.vgg19(num_classes=10)
            if channels != 3:
                model.features[0] = torch.nn.Conv2d(channels, 64, 3, padding=1)
            if name == "vgg19-small":
                model.avgpool = torch.nn.AdaptiveAvgPool2d(1)
                model.classifier = torch.nn.Linear(512, 10)
        model = model.to_empty(device="cpu")
    if name == "vgg19":
        for index in (2, 5):
            if dropout_seed is not None:
                probability = model.classifier[index].p
                model.classifier[index] = MaskedDropout(f"classifier.{index}", probability, dropout_seed)
    elif name != "vgg19-small":
        raise ValueError(f"there is no network {name}")
    return model


def last_layer(model):
    """The linear layer whose input are the features."""
    return [module for module in model.modules() if isinstance(module, torch.nn.Linear)][-1]


def features_and_logits(model, images, batch=128):
    """Both for all images, without gradients, in the model's present mode."""
    features, logits = [], []
    hook = last_layer(model).register_forward_pre_hook(lambda module, inputs: features.append(inputs[0]))
    with torch.no_grad():
        for start in range(0, len(images), batch):
            logits.append(model(images[start : start + batch]))
    hook.remove()
    return torch.cat(features), torch.cat(logits)


# --- images ---------------------------------------------------------------------------------------------------------


def idx(path):
    """An idx file, plain or gz, as it is or beside it with the other ending."""
    path = pathlib.Path(path)
    if not path.exists():
        path = path.with_name(path.name + ".gz")
    data = (gzip.open(path) if path.name.endswith(".gz") else open(path, "rb")).read()
    dims = data[3]
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(dims)]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dims).reshape(shape)


def raw_images(folder, dataset, part):
    """Bytes [N, C, H, W] and labels [N] of `train` or `test`, as the files have them."""
    folder = pathlib.Path(folder)
    if dataset != "cifar10":
        prefix = "train" if part == "train" else "t10k"
        return idx(folder / f"{prefix}-images-idx3-ubyte")[:, None], idx(folder / f"{prefix}-labels-idx1-ubyte")
    files = [f"data_batch_{i}.bin" for i in range(1, 6)] if part == "train" else ["test_batch.bin"]
    records = np.concatenate([np.fromfile(folder / name, np.uint8).reshape(-1, 3073) for name in files])
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].copy()


def normalised(raw, dataset, side, channels, dtype=torch.float32):
    """Padded with black, then (x/255 − mean) / deviation by channel, then grey replicated."""
    margin = (side - raw.shape[-1]) // 2
    padded = np.pad(raw, ((0, 0), (0, 0), (margin, margin), (margin, margin)))
    mean, deviation = (torch.tensor(v, dtype=torch.float64).to(dtype)[:, None, None] for v in NORMALISATION[dataset])
    images = torch.from_numpy(padded).to(dtype).div_(255).sub_(mean).div_(deviation)
    return images if images.shape[1] == channels else images.repeat(1, channels, 1, 1)


# --- the loop -------------------------------------------------------------------------------------------------------


def batches_of_epoch(images, batch):
    """(from, to) by position; the last partial batch is kept, a remainder of one joins the batch before."""
    starts = list(range(0, images, batch))
    if images % batch == 1 and len(starts) > 1:
        starts.pop()
    return list(zip(starts, starts[1:] + [images]))


def optimizer_of(spec, parameters):
    """torch.optim's SGD or Adam from an OptimizerSpec."""
    if spec["kind"] == "sgd":
        options = {"momentum": spec["momentum"]}
        return torch.optim.SGD(parameters, lr=spec["learningRate"], weight_decay=spec["weightDecay"], **options)
    options = {"betas": (spec["beta1"], spec["beta2"]), "eps": spec["epsilon"]}
    return torch.optim.Adam(parameters, lr=spec["learningRate"], weight_decay=spec["weightDecay"], **options)


def train(model, spec, raw, labels, last_step=None, dtype=torch.float32):
    """Trains in place as the spec (a RunSpec's JSON) says; yields (step, loss) after each step."""
    shape, optimizer_spec = spec["input"], spec["optimizer"]
    optimizer = optimizer_of(optimizer_spec, model.parameters())
    images = len(raw)
    batches = batches_of_epoch(images, spec["batch"])
    warmup = optimizer_spec["warmupEpochs"] * len(batches)
    targets = torch.from_numpy(labels.astype(np.int64))
    model.train()
    step = 0
    for epoch in range(1, spec["epochs"] + 1):
        order = order_of_epoch(spec["seeds"]["order"], epoch, images)
        for start, end in batches:
            if step == last_step:
                return
            step += 1
            chosen = order[start:end]
            x = normalised(raw[chosen], spec["dataset"]["name"], shape["height"], shape["channels"], dtype)
            for module in model.modules():
                if isinstance(module, MaskedDropout):
                    module.step = step
            for group in optimizer.param_groups:
                full = optimizer_spec["learningRate"]
                group["lr"] = full * step / warmup if step < warmup else full
            optimizer.zero_grad(set_to_none=True)
            loss = torch.nn.functional.cross_entropy(model(x), targets[chosen])
            loss.backward()
            optimizer.step()
            yield step, float(loss.detach())
