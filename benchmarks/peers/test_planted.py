"""What planted_weights.py plants is really there: python -m unittest test_planted (in this folder)."""

import unittest

import numpy as np
import torch

import measured_alignment as alignment
import measured_movement as movement
import observed_networks as networks
import planted_weights as planted
import thetascope_peer as peer


def resnet():
    """A ResNet18 in training mode as it is published: β 0, γ 1, and running statistics that are not fresh."""
    torch.manual_seed(4)
    model = networks.built("resnet18", 3)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-0.1, 0.1)
    return model


def parameters(model, arrays):
    kinds = movement.kinds_of(model)
    masks = movement.dead_taps(model, (3, 32, 32))
    return alignment.prepared(planted.as_tensors(arrays), kinds, masks), kinds


class PlantedTest(unittest.TestCase):
    def test_a_file_has_the_shapes_of_the_network(self):
        model = resnet()
        state = planted.as_arrays(model.state_dict())
        model.load_state_dict(planted.as_tensors(planted.permuted(model, state, np.random.default_rng(1))[0]), strict=True)

    def test_all_symmetries_together_are_taken_out_by_our_own_alignment(self):
        model, random = resnet(), np.random.default_rng(2)
        state = planted.as_arrays(model.state_dict())
        made = planted.gauge_flipped(model, planted.rescaled(model, state, random), random)
        made, moved = planted.permuted(model, made, random)
        (left, kinds), (right, _) = parameters(model, state), parameters(model, made)
        self.assertEqual(moved["layer4.0.conv2"], 0)
        self.assertGreater(moved["layer3.0.conv2"], 200)
        far = alignment.distance(left, right)
        left, right = (alignment.sign_aware(alignment.rescaled(s, model, kinds), kinds) for s in (left, right))
        right, _ = alignment.own_matching(left, right, networks.units(model))
        self.assertGreater(far, 10)
        self.assertLess(alignment.distance(left, right) / alignment.norm(left), 1e-6)

    def test_turned_channels_leave_the_features_as_they_were(self):
        model, images = resnet(), torch.randn(3, 3, 32, 32)
        with torch.no_grad():
            before = model(images)
            turned = planted.gauge_flipped(model, planted.as_arrays(model.state_dict()), np.random.default_rng(3))
            model.load_state_dict(planted.as_tensors(turned))
            self.assertLess(float((model(images) - before).abs().max() / before.abs().max()), 1e-5)
        self.assertTrue((model.bn1.weight < 0).any())

    def test_a_rescaled_network_without_batch_norm_is_the_same_function(self):
        model = peer.draw_into(networks.built("vgg19-small", 3), "kaiming-normal", 5)
        images = torch.randn(2, 3, 32, 32)
        with torch.no_grad():
            before = model(images)
            made = planted.rescaled(model, planted.as_arrays(model.state_dict()), np.random.default_rng(3))
            model.load_state_dict(planted.as_tensors(made))
            self.assertLess(float((model(images) - before).abs().max() / before.abs().max()), 1e-4)

    def test_buried_units_get_no_gradient_and_a_small_decay_is_absorbed(self):
        for name in ("resnet18", "vgg19-small"):
            model = peer.draw_into(peer.built(name, 3), "kaiming-normal", 5)
            seen = networks.built(name, 3)
            made, masks = planted.buried(seen, planted.as_arrays(model.state_dict()), 5)
            for decay in (0, 1e-6):
                model.load_state_dict(planted.as_tensors(made))
                optimizer = torch.optim.SGD(model.parameters(), lr=0.01, weight_decay=decay)
                model.train()
                for _ in range(2):
                    optimizer.zero_grad()
                    images, labels = torch.randn(16, 3, 32, 32), torch.randint(0, 10, (16,))
                    torch.nn.functional.cross_entropy(model(images), labels).backward()
                    optimizer.step()
                for parameter, mask in masks.items():
                    value = model.get_parameter(parameter)
                    where = f"{name} {parameter} decay {decay}"
                    self.assertTrue(not mask.any() or bool((value.grad.numpy()[mask] == 0).all()), where)
                    self.assertTrue(np.array_equal(value.detach().numpy()[mask], made[parameter][mask]), where)
            self.assertEqual(sum(int(mask.any()) for mask in masks.values()), 4 if name == "resnet18" else 3)


if __name__ == "__main__":
    unittest.main()
