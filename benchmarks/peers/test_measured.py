"""The peers' own numpy against naive formulas, closed forms and a published CKA: python -m unittest test_measured (in this folder)."""

import itertools
import math
import unittest

import ckatorch.core
import numpy as np
import torch

import measured_alignment as alignment
import measured_features as features
import measured_laziness
import measured_movement as movement
import measured_order as order
import observed_networks as networks
import thetascope_peer as peer

RANDOM = np.random.default_rng(5)


def naive_hsic1(x, y):
    """MEASURES §3's formula, term by term on whole Gram matrices, times n(n − 3)."""
    n, ones = len(x), np.ones(len(x))
    k, l = x @ x.T, y @ y.T
    np.fill_diagonal(k, 0)
    np.fill_diagonal(l, 0)
    middle = (ones @ k @ ones) * (ones @ l @ ones) / ((n - 1) * (n - 2))
    return np.trace(k @ l) + middle - 2 * (ones @ k @ l @ ones) / (n - 2)


def lenet(seed, dtype=torch.float32):
    return peer.draw_into(networks.built("lenet", 1), "kaiming-uniform", seed).to(dtype)


class MovementTest(unittest.TestCase):
    def test_taps_that_meet_no_pixel_are_those_of_stock_resnet18(self):
        masks = movement.dead_taps(networks.built("resnet18", 3), (3, 32, 32))
        self.assertEqual(sum(int(mask.sum()) for mask in masks.values()), 6_946_816)

    def test_dead_taps_are_those_that_counting_positions_finds(self):
        conv = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3, stride=2, padding=1))
        mask = movement.dead_taps(conv, (1, 2, 2))["0.weight"][0, 0]
        met = [[any(0 <= 2 * o + t - 1 < 2 for o in range(1)) for t in range(3)]]
        wanted = [[not (a and b) for b in met[0]] for a in met[0]]
        self.assertEqual(mask.tolist(), wanted)

    def test_ulps_count_the_floats_between(self):
        value, steps = np.float32(-3e-45), 0
        at = value
        while at < np.float32(3e-45):
            at, steps = np.nextafter(at, np.float32(1)), steps + 1
        apart = movement.ordered_bits(np.array([at])) - movement.ordered_bits(np.array([value]))
        self.assertEqual(int(apart[0]), steps)
        zeros = movement.ordered_bits(np.array([0.0, -0.0], np.float32))
        self.assertEqual(zeros.tolist(), [0, 0])

    def test_shares_and_norms_are_those_of_plain_loops(self):
        self.addCleanup(setattr, movement, "PIECE", movement.PIECE)
        movement.PIECE = 7  # several pieces
        states = [RANDOM.normal(size=60).astype(np.float32) * s for s in (1, 1, 1, 1)]
        states[3][:20] = states[0][:20]
        dead = np.zeros(60, bool)
        dead[10:30] = True
        tensor = movement.Tensor(*states, dead)
        for live in (False, True):
            chosen = [i for i in range(60) if not (live and dead[i])]
            numbers = movement.moved(tensor.sums(live))
            start, before, previous, to = ([float(s[i]) for i in chosen] for s in states)
            rms = math.sqrt(sum(float(v) ** 2 for v in states[0]) / 60)
            far = math.sqrt(sum((b - a) ** 2 for a, b in zip(start, to)))
            self.assertAlmostEqual(numbers["distanceFromStart"], far, delta=1e-12)
            share = sum(abs(b - a) > 0.1 * max(abs(a), rms) for a, b in zip(start, to)) / len(chosen)
            self.assertEqual(numbers["change"]["relative"]["1e-1"], share)
            signs = sum(a * b < 0 for a, b in zip(start, to)) / len(chosen)
            self.assertEqual(numbers["change"]["signs"], signs)
            dot = sum((t - p) * (p - b) for t, p, b in zip(to, previous, before))
            ends = [math.sqrt(sum((x - y) ** 2 for x, y in zip(*two))) for two in ((to, previous), (previous, before))]
            self.assertAlmostEqual(numbers["cosineToPrevious"], dot / ends[0] / ends[1], delta=1e-12)
        self.assertEqual(tensor.attribution()["geometryDead"], 10)


class FeaturesTest(unittest.TestCase):
    def test_hsic_without_gram_matrices_is_that_with_them(self):
        x, y = RANDOM.normal(1, 1, (40, 7)), RANDOM.normal(2, 1, (40, 60))
        self.assertAlmostEqual(features.hsic1(x, y) / naive_hsic1(x, y), 1, delta=1e-11)

    def test_cka_is_the_published_one(self):
        x = RANDOM.normal(size=(50, 9))
        y = x @ RANDOM.normal(size=(9, 70)) + 3 * RANDOM.normal(size=(50, 70))
        debiased = float(ckatorch.core.cka_batch(torch.from_numpy(x)[None], torch.from_numpy(y)[None]))
        self.assertAlmostEqual(features.cka(x, y), debiased, delta=1e-12)
        biased = float(ckatorch.core.cka_base(torch.from_numpy(x), torch.from_numpy(y)))
        self.assertAlmostEqual(features.cka_biased(x, y), biased, delta=1e-12)

    def test_rotation_and_scale_change_no_similarity(self):
        x = RANDOM.normal(size=(60, 8))
        rotation = np.linalg.qr(RANDOM.normal(size=(8, 8)))[0]
        self.assertAlmostEqual(features.cka(x, 3 * x @ rotation + 1), 1, delta=1e-12)
        self.assertAlmostEqual(features.procrustes(x, 3 * x @ rotation + 1), 0, delta=1e-12)

    def test_matched_correlation_is_the_best_of_all_assignments(self):
        x, y = RANDOM.normal(size=(30, 5)), RANDOM.normal(size=(30, 5))
        rho = np.corrcoef(x, y, rowvar=False)[:5, 5:]
        best = max(np.mean([rho[i, j] for i, j in enumerate(p)]) for p in itertools.permutations(range(5)))
        found = features.matched(features.standardised(x), features.standardised(y))
        self.assertAlmostEqual(found, best, delta=1e-12)

    def test_permutations_within_classes_keep_every_label(self):
        labels = np.arange(50) % 4
        moved = features.within_classes(labels, RANDOM)
        self.assertTrue(np.array_equal(labels[moved], labels))
        self.assertTrue(np.array_equal(np.sort(moved), np.arange(50)))
        self.assertFalse(np.array_equal(moved, np.arange(50)))

    def test_spectrum_of_orthogonal_columns_is_known(self):
        base = np.linalg.qr(np.column_stack([np.ones(64), RANDOM.normal(size=(64, 4))]))[0][:, 1:]
        flat = features.spectrum(base * 7)
        self.assertAlmostEqual(flat["participationRatio"], 4, delta=1e-10)
        self.assertAlmostEqual(flat["effectiveRank"], 4, delta=1e-10)
        two = features.spectrum(base * np.array([3, 1, 1e-9, 1e-9]))
        self.assertAlmostEqual(two["participationRatio"], 100 / 82, delta=1e-6)
        self.assertAlmostEqual(two["effectiveRank"], math.exp(0.75 * math.log(4 / 3) + 0.25 * math.log(4)), delta=1e-6)

    def test_a_class_without_images_has_no_recall_and_dead_units_are_counted(self):
        block = np.column_stack([RANDOM.normal(size=(20, 3)), np.full((20, 1), 2.0)]).astype(np.float32)
        labels = np.array([0, 2] * 10)
        numbers, _, _ = features.within_model(block, np.eye(3, dtype=np.float32)[labels], labels)
        self.assertEqual(numbers["recall"], [1.0, None, 1.0])
        self.assertEqual((numbers["deadUnits"], numbers["spectrumUnits"]), (1, 3))


class OrderTest(unittest.TestCase):
    def test_onset_is_where_the_recall_stays_at_half(self):
        self.assertEqual(order.onset([0, 0.5, 0.3, 0.4, 0.8], [0, 1, 2, 3, 4]), 3)
        self.assertEqual(order.onset([0.9, 0.8], [0, 7]), 0)
        self.assertIsNone(order.onset([0.9, 0], [0, 7]))

    def test_half_time_is_the_first_step_half_way(self):
        self.assertEqual(order.half_time([0.2, 0.59, 0.61, 1.0], [0, 5, 9, 12]), 9)
        self.assertIsNone(order.half_time([1.0, 1.0], [0, 5]))

    def test_tau_with_ties_is_counted_pair_by_pair(self):
        a, b = [1, 1, 2, 3, 5, 5], [2, 1, 1, 4, 5, 3]
        pairs = list(itertools.combinations(range(6), 2))
        signs = [((a[i] > a[j]) - (a[i] < a[j]), (b[i] > b[j]) - (b[i] < b[j])) for i, j in pairs]
        dot = sum(x * y for x, y in signs)
        scale = math.sqrt(sum(x * x for x, _ in signs) * sum(y * y for _, y in signs))
        found = order.agreement(dict(enumerate(a)), dict(enumerate(b)))
        self.assertAlmostEqual(found["tau"], dot / scale, delta=1e-12)
        self.assertLess(found["low"], found["tau"])
        self.assertIsNone(order.agreement({1: 4, 2: 4}, {1: 1, 2: 2})["tau"])


class SymmetryTest(unittest.TestCase):
    def test_a_permuted_rescaled_lenet_is_the_same_function_and_at_distance_0(self):
        model = lenet(3, torch.float64)
        kinds, images = movement.kinds_of(model), torch.randn(4, 1, 32, 32, dtype=torch.float64)
        state = {name: value.numpy().copy() for name, value in model.state_dict().items()}
        made, planted = state, {}
        for group in networks.units(model):
            count = len(state[f"{group.rows[0]}.weight"])
            planted[group.name] = RANDOM.permutation(count)
            made = networks.permuted(made, group, planted[group.name])
        for name in ("conv1.weight", "conv1.bias"):
            made[name] = made[name] * 4
        made["conv2.weight"] = made["conv2.weight"] / 4
        before = model(images)
        model.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in made.items()})
        self.assertLess(float((model(images) - before).abs().max()), 1e-12)
        left, right = (alignment.rescaled(s, model, kinds) for s in (state, made))
        self.assertGreater(alignment.distance(left, right), 1)
        found, _ = alignment.own_matching(left, right, networks.units(model))
        self.assertLess(alignment.distance(left, found), 1e-12)
        undone = {name: alignment.inverse(p) for name, p in planted.items()}
        self.assertLess(alignment.distance(left, alignment.all_permuted(right, networks.units(model), undone)), 1e-12)

    def test_a_permuted_and_flipped_resnet18_is_the_same_function(self):
        model = networks.built("resnet18", 3).double()
        kinds, images = movement.kinds_of(model), torch.randn(2, 3, 32, 32, dtype=torch.float64)
        state = {n: v.numpy().copy().reshape(v.shape or (1,)) for n, v in model.state_dict().items()}
        made = state
        for group in networks.units(model):
            made = networks.permuted(made, group, RANDOM.permutation(len(state[f"{group.rows[0]}.weight"])))
        for name in ("conv1.weight", "bn1.weight", "bn1.running_mean"):
            made[name] = -made[name]
        before = model(images)
        model.load_state_dict({n: torch.from_numpy(v.copy()).reshape(state_shape(model, n)) for n, v in made.items()})
        self.assertLess(float((model(images) - before).abs().max() / before.abs().max()), 1e-10)
        turned = alignment.sign_aware({name: made[name] for name in kinds}, kinds)
        self.assertTrue((turned["bn1.weight"] > 0).all())


def state_shape(model, name):
    return model.state_dict()[name].shape


class LazinessTest(unittest.TestCase):
    def test_the_exact_slope_is_that_of_central_differences(self):
        model, images = lenet(1), torch.randn(20, 1, 32, 32)
        start = {n: v.clone() for n, v in model.state_dict().items()}
        end = {n: v + 0.02 * torch.randn(v.shape) for n, v in start.items()}
        found = measured_laziness.residual(model, start, end, images)
        wide = model.double()
        ends = [{n: v.double() for n, v in s.items()} for s in (start, end)]

        def logits(share):
            wide.load_state_dict({n: a + share * (ends[1][n] - a) for n, a in ends[0].items()})
            with torch.no_grad():
                return wide(images.double())

        slope = (logits(1e-6) - logits(-1e-6)) / 2e-6
        moved = logits(1) - logits(0)
        self.assertAlmostEqual(found, float((moved - slope).norm() / moved.norm()), delta=1e-6)

    def test_only_the_last_layer_moving_is_lazy_and_switches_no_gate(self):
        model, images = lenet(1), torch.randn(20, 1, 32, 32)
        start = {n: v.clone() for n, v in model.state_dict().items()}
        end = start | {"fc3.weight": start["fc3.weight"] + 0.1}
        self.assertLess(measured_laziness.residual(model, start, end, images), 1e-12)
        gates = measured_laziness.gates(model, start, end, images)
        self.assertEqual([count for count, _ in gates.values()], [0, 0, 0, 0])
        self.assertEqual(gates["relu1"][1], 20 * 6 * 28 * 28)


class NetworksTest(unittest.TestCase):
    def test_networks_with_named_relus_are_torchvisions(self):
        for name in ("lenet", "resnet18", "vgg19-small"):
            channels = 1 if name == "lenet" else 3
            plain, seen = peer.built(name, channels).eval(), networks.built(name, channels)
            for each in (plain, seen):
                peer.draw_into(each, "kaiming-normal", 2)
            images = torch.randn(2, channels, 32, 32)
            with torch.no_grad():
                self.assertTrue(torch.equal(plain(images), seen(images)), name)

    def test_blocks_are_those_that_the_design_names(self):
        self.assertEqual(networks.blocks(networks.built("lenet", 1)), ["pool1", "pool2", "relu3", "relu4"])
        resnet = networks.blocks(networks.built("resnet18", 3))
        self.assertEqual(resnet, ["maxpool"] + [f"layer{s}.{b}.relu2" for s in range(1, 5) for b in range(2)])
        vgg = networks.blocks(networks.built("vgg19-small", 3))
        self.assertEqual(vgg, [f"features.{i}" for i in (4, 9, 18, 27, 36)])


if __name__ == "__main__":
    unittest.main()
