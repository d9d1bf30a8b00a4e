"""The peers of retrainings against naive formulas, closed forms and planted symmetries: python -m unittest test_retraining_peers."""

import math
import unittest

import numpy as np
import scipy.stats
import torch

import judged_numbers as judged
import measured_movement as movement
import observed_networks as networks
import perturbed_function as function
import perturbed_starts as starts
import retraining_geometry as geometry
import thetascope_peer as peer

RANDOM = np.random.default_rng(11)


def word(key, index):
    """SplitMix64 in Python's own integers."""
    z = (key + (index + 1) * peer.GOLDEN_GAMMA) & peer.WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & peer.WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & peer.WORD
    return z ^ (z >> 31)


class Network:
    """A network with its kinds and masks, and random weights in which no BatchNorm is as it was born."""

    def __init__(self, name, channels):
        torch.manual_seed(3)
        self.model = networks.built(name, channels)
        self.kinds, self.masks = movement.kinds_of(self.model), movement.dead_taps(self.model, (channels, 32, 32))
        self.state = {name: tensor.clone() for name, tensor in self.model.state_dict().items()}
        for name, tensor in self.state.items():
            if tensor.dim() == 1 and not name.endswith("var"):
                tensor.copy_(torch.randn(tensor.shape) * 0.3 + (1 if self.kinds.get(name) == "norm-weight" else 0))


LENET, RESNET = Network("lenet", 1), Network("resnet18", 3)


def made(network, **change):
    return starts.made(network.state, change, "rparent", network.kinds, network.masks)


class StartsTest(unittest.TestCase):
    def test_signs_are_those_of_the_signed_words(self):
        key = peer.key_of("thetascope/perturbation/v1/ulp/1/rparent/fc1.bias")
        expected = [1 if word(key, i) < 1 << 63 else -1 for i in range(5, 45)]
        self.assertEqual(peer.signs(key, 5, 40).tolist(), expected)

    def test_every_kind_does_what_its_name_says(self):
        theta = LENET.state["fc1.bias"]
        key = peer.key_of("thetascope/perturbation/v1/random-signs/7/rparent/fc1.bias")
        signs = torch.from_numpy(peer.signs(key, 0, len(theta)))
        self.assertTrue(torch.equal(made(LENET, kind="sign-flip", scope="all")["fc1.bias"], -theta))
        self.assertTrue(torch.equal(made(LENET, kind="epsilon", value=1e-3, scope="all")["fc1.bias"], theta + 1e-3))
        self.assertTrue(torch.equal(made(LENET, kind="random-signs", scope="all", seed=7)["fc1.bias"], theta * signs))
        added = made(LENET, kind="random-signs", scope="all", seed=7, value=0.5)["fc1.bias"]
        self.assertTrue(torch.equal(added, theta + 0.5 * signs))
        ulp = made(LENET, kind="ulp", scope="all", seed=7)["fc1.bias"]
        key = peer.key_of("thetascope/perturbation/v1/ulp/7/rparent/fc1.bias")
        upward = torch.from_numpy(peer.signs(key, 0, len(theta))) > 0
        self.assertTrue(torch.equal(ulp, torch.where(upward, theta.nextafter(theta + 1), theta.nextafter(theta - 1))))

    def test_a_gaussian_has_the_norm_of_what_it_matches_over_the_scope(self):
        matched = {"kind": "sign-flip", "scope": "weight"}
        after = made(LENET, kind="gaussian", scope="weight", seed=1, matching=matched)
        apart = [(after[n].double() - LENET.state[n].double()) for n in LENET.kinds]
        found = math.sqrt(sum(float((d**2).sum()) for d in apart))
        wanted = 2 * math.sqrt(sum(float((LENET.state[n].double() ** 2).sum()) for n in LENET.kinds if n.endswith("weight")))
        self.assertAlmostEqual(found / wanted, 1, delta=1e-6)
        self.assertEqual(starts.bits_off(after["fc1.bias"], LENET.state["fc1.bias"]), 0)

    def test_scopes_leave_the_rest_alone(self):
        live = made(RESNET, kind="sign-flip", scope="live")["layer4.1.conv1.weight"]
        dead = torch.from_numpy(RESNET.masks["layer4.1.conv1.weight"])
        before = RESNET.state["layer4.1.conv1.weight"]
        self.assertTrue(dead.any() and torch.equal(live[dead], before[dead]) and torch.equal(live[~dead], -before[~dead]))
        for scope, changed in (("bn1", ["bn1.bias", "bn1.weight"]), ("bias", ["fc.bias"])):
            after = made(RESNET, kind="sign-flip", scope=scope)
            self.assertEqual(sorted(n for n in after if starts.bits_off(after[n], RESNET.state[n])), changed)
        with self.assertRaises(SystemExit):
            made(RESNET, kind="sign-flip", scope="conv9")

    def test_minus_zero_is_not_zero(self):
        self.assertEqual(starts.bits_off(torch.tensor([0.0, 1.0]), torch.tensor([-0.0, 1.0])), 1)


class GeometryTest(unittest.TestCase):
    def corners(self, network):
        def moved(scale):
            return {
                n: t + scale * torch.from_numpy(RANDOM.normal(size=t.shape).astype(np.float32)) if n in network.kinds else t
                for n, t in network.state.items()
            }

        return network.state, moved(0.3), moved(0.1), moved(0.2)

    def test_a_triangle_is_that_of_the_flat_vectors(self):
        corners = self.corners(LENET)
        left, right, put, twin = (torch.cat([c[n].double().ravel() for n in LENET.kinds]) for c in corners)
        found = geometry.comparison(LENET.kinds, LENET.masks, *corners)
        distance, displaced, drift = (float((a - left).norm()) for a in (right, put, twin))
        moved = float((right - put).norm())
        expected = {"norm1": float(left.norm()), "norm2": float(right.norm()), "distance": distance, "drift": drift}
        expected |= {"cosine": float(left @ right / left.norm() / right.norm()), "displaced": displaced, "moved": moved}
        expected |= {"departure": moved / displaced, "recovery": 1 - distance / displaced, "ratioToDrift": distance / drift}
        for name, value in expected.items():
            self.assertAlmostEqual(found[name], value, places=10, msg=name)
        self.assertEqual((found["moduloSign"], found["belowDrift"], found["label"]), (None, False, None))
        self.assertEqual(sum(layer["parameters"] for layer in found["layers"]), 61_706)

    def test_a_small_displacement_is_labelled_and_a_twin_has_no_triangle(self):
        left, right, put, twin = self.corners(LENET)
        small = {n: left[n] + 0.001 * (put[n] - left[n]) for n in left}
        self.assertEqual(geometry.comparison(LENET.kinds, LENET.masks, left, right, small, twin)["label"], geometry.BELOW_DRIFT)
        self.assertEqual(geometry.comparison(LENET.kinds, LENET.masks, left, right, small)["label"], geometry.DRIFT_UNKNOWN)
        pair = geometry.comparison(LENET.kinds, LENET.masks, left, right)
        self.assertEqual({pair[n] for n in ("displaced", "departure", "recovery", "drift", "ratioToDrift", "belowDrift")}, {None})
        nowhere = geometry.comparison(LENET.kinds, LENET.masks, left, right, left, left)
        self.assertEqual({nowhere[n] for n in ("departure", "recovery", "ratioToDrift")}, {None})

    def test_dead_taps_are_not_live_and_a_turned_unit_is_no_distance_modulo_sign(self):
        left = RESNET.state
        right = {n: t.clone() for n, t in left.items()}
        right["layer4.1.conv1.weight"][torch.from_numpy(RESNET.masks["layer4.1.conv1.weight"])] += 1
        found = geometry.comparison(RESNET.kinds, RESNET.masks, left, right)
        self.assertEqual((found["distance"] > 1, found["live"]["distance"]), (True, 0))
        self.assertEqual(found["live"]["parameters"], 11_181_642 - 6_946_816)
        turned = {n: t.clone() for n, t in left.items()}
        for name in ("layer1.0.conv2.weight", "layer1.0.bn2.weight", "layer2.0.downsample.0.weight", "layer2.0.downsample.1.weight"):
            turned[name][5] *= -1
        found = geometry.comparison(RESNET.kinds, RESNET.masks, left, turned)
        self.assertEqual((found["distance"] > 0, found["moduloSign"]["distance"]), (True, 0))

    def test_a_path_starts_at_the_displacement_and_ends_where_the_triangle_does(self):
        left, right, put, _ = self.corners(RESNET)
        whole = geometry.comparison(RESNET.kinds, RESNET.masks, left, right, put)
        path = geometry.path(RESNET.kinds, left, iter([(0, put), (9, right)]))
        first, last = path["points"]
        self.assertEqual((path["displaced"], first["distanceToParent"], first["distanceToStart"]), (whole["displaced"],) * 2 + (0,))
        self.assertEqual((last["distanceToParent"], last["distanceToStart"]), (whole["distance"], whole["moved"]))
        self.assertAlmostEqual(last["distanceToParentModuloSign"], whole["moduloSign"]["distance"], places=9)


def images(channels, count):
    pixels = torch.from_numpy(RANDOM.normal(size=(count, channels, 32, 32)).astype(np.float32))
    return pixels, torch.arange(count) % 10


class FunctionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)
        cls.resnet = function.Functions("resnet18", 3, {"probe": images(3, 16), "train": images(3, 28)})
        cls.lenet = function.Functions("lenet", 1, {"probe": images(1, 30), "train": images(1, 50)})

    def test_images_are_split_as_defined(self):
        self.assertEqual(function.split(7000, True), (5000, range(5000, 7000)))
        self.assertEqual(function.split(60000, False), (5000, range(0)))
        self.assertEqual(function.split(4000, True), (2857, range(2857, 4000)))
        self.assertEqual(function.split(4000, False), (4000, range(0)))

    def test_a_flipped_network_with_batch_norm_is_the_one_with_mirrored_biases(self):
        put = made(RESNET, kind="sign-flip", scope="all")
        found = self.resnet.symmetry({"kind": "sign-flip", "scope": "all"}, RESNET.state, put)
        self.assertEqual((found["prediction"], found["statisticsImages"]), (function.MIRRORED_BIASES, 8))
        for part in ("stored", "recomputed"):
            self.assertLess(found[part]["predictionError"], 1e-9)
            self.assertGreater(found[part]["featureChange"], 0.01)
        live = self.resnet.symmetry({"kind": "sign-flip", "scope": "live"}, RESNET.state, made(RESNET, kind="sign-flip", scope="live"))
        self.assertLess(live["stored"]["predictionError"], 1e-9)
        self.assertEqual(len(found["shifts"]), 20)

    def test_a_flip_of_anything_else_is_no_symmetry(self):
        for scope in ("weight", "norm-weight", "norm-bias", "bias", "conv1", "bn1"):
            self.assertEqual(function.predicted({"kind": "sign-flip", "scope": scope}, True, "fc")[0], function.NONE)
        for kind in ("epsilon", "ulp", "gaussian", "random-signs"):
            self.assertEqual(function.predicted({"kind": kind, "scope": "all", "value": 1e-6}, True, "fc")[0], function.NONE)
        self.assertEqual(function.predicted({"kind": "sign-flip", "scope": "all"}, False, "fc3")[0], function.NONE)

    def test_a_flip_of_the_last_layer_negates_the_logits_alone(self):
        put = made(LENET, kind="sign-flip", scope="fc3")
        found = self.lenet.symmetry({"kind": "sign-flip", "scope": "fc3"}, LENET.state, put)
        self.assertEqual((found["prediction"], found["recomputed"]), (function.SAME_FEATURES, None))
        self.assertEqual((found["stored"]["featureChange"], found["stored"]["predictionError"]), (0, 0))
        self.assertAlmostEqual(found["stored"]["logitChange"], 2, places=12)

    def test_recomputed_statistics_are_means_over_batches(self):
        self.resnet.load(RESNET.state, recomputed=True)
        pixels = self.resnet.train[0][20:28]
        with torch.no_grad():
            out = torch.nn.functional.conv2d(pixels, RESNET.state["conv1.weight"].double(), stride=2, padding=3)
        expected = out.transpose(0, 1).flatten(1)
        found = self.resnet.model.bn1
        self.assertLess((found.running_mean - expected.mean(1)).abs().max(), 1e-12)
        self.assertLess((found.running_var - expected.var(1)).abs().max(), 1e-12)

    def test_shifts_are_root_mean_squares(self):
        norm, state = self.resnet.norms["bn1"], RESNET.state
        found = function.shift("bn1", norm, state)
        beta, gamma, mean, var = (state[f"bn1.{n}"].double() for n in ("bias", "weight", "running_mean", "running_var"))
        self.assertAlmostEqual(found["biasShift"], float((4 * beta**2).mean().sqrt()), places=12)
        self.assertAlmostEqual(found["meanShift"], float((4 * gamma**2 * mean**2 / (var + 1e-5)).mean().sqrt()), places=12)

    def test_there_is_no_barrier_between_a_model_and_itself_and_one_where_a_hill_was_planted(self):
        found = self.lenet.barrier(LENET.state, LENET.state)["raw"]
        self.assertLess(abs(found["trainBarrier"]), 1e-12)
        self.assertEqual(len(set(round(loss, 12) for loss in found["probeLoss"])), 1)
        line = [1 + 0.2 * i for i in range(11)]
        self.assertAlmostEqual(function.above_chord(line[:4] + [line[4] + 7] + line[5:]), 7, places=12)
        self.assertEqual(function.above_chord([3] + [0] * 10), 0)
        self.assertIsNone(function.above_chord([1, None] + [0] * 9))


class JudgedTest(unittest.TestCase):
    def test_an_interval_is_students(self):
        values = [1.0, 2.0, 4.0]
        expected = scipy.stats.t.interval(0.95, 2, loc=np.mean(values), scale=scipy.stats.sem(values))
        self.assertTrue(np.allclose(judged.t_interval(values)[1:], expected, rtol=1e-12))
        self.assertEqual(judged.t_interval([1.0, 2.0], 3), (1.5, None, None))

    def test_verdicts_land_where_they_must(self):
        cases = {
            "supported": [(True, False), (True, False)],
            "refuted": [(True, False), (False, False), (None, True)],
            "underpowered": [(True, False), (None, False)],
            "gate-not-met": [(True, False), (None, True)],
            "not-applicable": [],
        }
        for verdict, cells in cases.items():
            self.assertEqual(judged.outcome(cells), verdict)

    def test_a_turn_lies_on_the_straight_line_over_the_logarithm(self):
        points = [(1e-4, 0.0), (1e-2, 2.0), (1e-6, 0.0)]
        side, value = judged.turn(points, 1, True)
        self.assertEqual(side, "within")
        self.assertAlmostEqual(value, 1e-3, places=12)
        self.assertEqual(judged.turn([(1, 0.2), (2, 0.3)], 1, True), ("above", None))
        self.assertEqual(judged.turn([(1, 0.2), (2, 0.3)], 0.5, False), ("below", None))
        self.assertEqual(judged.turn([(1, 0.0), (2, 3.0), (4, 1.0), (8, 3.0)], 1, True), ("within", 4.0))

    def test_one_factor_in_a_balanced_design_has_its_closed_form(self):
        rows = [{"a": a, "y": y} for a, ys in (("u", (1, 2, 3)), ("v", (14, 16, 18))) for y in ys]
        effects, residual = judged.analysed(rows, "y", ["a"])
        found = effects["a"]
        between, within = 294.0, 10.0
        self.assertAlmostEqual(found["sumOfSquares"], between, places=10)
        self.assertAlmostEqual(residual["sumOfSquares"], within, places=10)
        self.assertAlmostEqual(found["omegaSquared"], (between - 2.5) / (304 + 2.5), places=10)
        self.assertAlmostEqual(found["partial"], found["omegaSquared"], places=10)
        self.assertAlmostEqual(residual["share"] + found["omegaSquared"], 1, places=10)
        low = found["partialLow"] * 6 / (1 - found["partialLow"])
        high = found["partialHigh"] * 6 / (1 - found["partialHigh"])
        self.assertAlmostEqual(scipy.stats.ncf.cdf(found["f"], 1, 4, high), 0.025, places=8)
        self.assertAlmostEqual(scipy.stats.ncf.cdf(found["f"], 1, 4, low), 0.975, places=8)


if __name__ == "__main__":
    unittest.main()
