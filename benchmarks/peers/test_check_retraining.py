"""check_retraining.py accepts a made-up study, and nothing in it may be off: python -m unittest test_check_retraining."""

import contextlib
import copy
import io
import unittest

import torch

import agreement_table
import check_functions
import check_measures
import check_retraining
import made_up_retrainings
from test_check_measures import changed, components, keys, leaves, with_leaf

GROUPS = ("path", "symmetry", "barrier")
READ = {
    "comparison": ("perturbation-rflip", ("ComparisonResult", "Triangle"), {"features", "featuresAbsent"}),
    "path": ("path-rflip", ("RetrainingPathResult", "PathPoint"), set()),
    "symmetry": ("symmetry-rhead", ("SymmetryResult", "FunctionFigures", "FunctionChange"), {"reason"}),
    "barrier": ("barrier-rflip", ("BarrierResult", "InterpolationLine"), set()),
}


class Once:
    """Passes forward are made once for the same weights, however often a wrong number is planted in the answers."""

    def __init__(self, functions):
        self.functions, self.made = functions, {}

    def symmetry(self, change, left, put, said):
        return self.of(self.functions.symmetry, (str(change), id(left), id(put), said), change, left, put, said)

    def barrier(self, left, right):
        return self.of(self.functions.barrier, (id(left), id(right)), left, right)

    def of(self, function, key, *args):
        if key not in self.made:
            self.made[key] = function(*args)
        return self.made[key]


class CheckRetrainingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)
        cls.system = made_up_retrainings.MadeUp()
        cls.once = Once(cls.system.functions)

    def checked(self, system, *groups):
        """The table after checking the named groups, or everything; whether it agrees; and what was printed."""
        table, store = agreement_table.Table(check_retraining.TOLERANCES), check_measures.Store(system)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            if not groups:
                check_retraining.checked(system, store, system, "s", table)
            else:
                self.part(check_retraining.Check(system, store, system, "s", table), system, groups)
            good = table.finish()
        return table, good, printed.getvalue()

    def part(self, check, system, groups):
        functions = check_functions.Functions(check, torch.float64, None)
        functions.network_of = lambda run: self.once
        measured = {g: [(name, f) for name, f in system.facts.items() if f["kind"] == g] for g in GROUPS}
        parts = {
            "starts": check.starts,
            "comparison": lambda: check.comparisons("s"),
            "report": lambda: check.against_twins(system.report("s")),
            "path": lambda: check.paths(measured["path"]),
            "symmetry": lambda: functions.symmetries(measured["symmetry"]),
            "barrier": lambda: functions.all_barriers(measured["barrier"]),
        }
        for group in groups:
            parts[group]()

    def with_fact(self, name, fact):
        broken = copy.copy(self.system)
        broken.system, broken.facts = broken, {k: v for k, v in self.system.facts.items() if k != name}
        if fact is not None:
            broken.facts[name] = fact
        return broken

    def with_state(self, run, step, tensor, value):
        """One element of a checkpoint is another float."""
        broken = copy.copy(self.system)
        state = {name: weights.clone() for name, weights in self.system.states[run][step].items()}
        state[tensor].view(-1)[0] = value(state[tensor].view(-1)[0])
        broken.system, broken.states = broken, self.system.states | {run: self.system.states[run] | {step: state}}
        return broken

    def test_a_sound_study_agrees_and_every_measure_is_compared(self):
        table, good, printed = self.checked(self.system)
        self.assertTrue(good, printed)
        no_norms, one_seed = {"symmetry: shifts"}, {"escape: numbers", "factors: sums of squares, F", "factors: shares, p"}
        self.assertEqual(set(check_retraining.TOLERANCES) - set(table.counts), no_norms | one_seed)

    def test_every_field_of_the_records_is_in_the_made_up_answers(self):
        for group, (name, records, unread) in READ.items():
            for record in records:
                missing = components(record) - keys(self.system.facts[name]["result"]) - unread
                self.assertEqual(missing, set(), record)

    def test_no_start_may_be_a_bit_off(self):
        for run in self.system.specs.keys() - {"r1", "rnormal"}:
            broken = self.with_state(run, 0, "fc2.bias", lambda v: torch.nextafter(v, v + 1))
            self.assertFalse(self.checked(broken, "starts")[1], run)

    def test_a_gaussian_start_may_be_off_by_the_last_place_within_its_scope_alone(self):
        def up(times):
            return lambda v: v if times == 0 else torch.nextafter(up(times - 1)(v), v + 1)

        for tensor, places, agrees in (("fc2.weight", 1, True), ("fc2.weight", 2, False), ("fc2.bias", 1, False)):
            broken = self.with_state("rnormal", 0, tensor, up(places))
            self.assertEqual(self.checked(broken, "starts")[1], agrees, (tensor, places))

    def test_a_child_with_epsilon_0_that_leaves_its_twin_is_found(self):
        broken = self.with_state("rnothing", 8, "conv1.weight", lambda v: torch.nextafter(v, v + 1))
        self.assertFalse(self.checked(broken, "starts")[1])

    def test_an_analysis_that_is_not_there_is_no_agreement(self):
        for group in GROUPS:
            self.assertTrue(self.checked(self.system, group)[1])
            for name in [name for name, fact in self.system.facts.items() if fact["kind"] == group]:
                table, good, _ = self.checked(self.with_fact(name, None), group)
                self.assertEqual((len(table.missing), good), (1, False), name)

    def test_a_comparison_that_is_not_measured_is_no_agreement(self):
        items = self.system.answers["/studies/s/comparisons"]["items"]
        for i, item in enumerate(items):
            broken = copy.copy(self.system)
            rest = {"items": items[:i] + [item | {"outcome": "refused"}] + items[i + 1 :]}
            broken.system, broken.answers = broken, self.system.answers | {"/studies/s/comparisons": rest}
            table, good, _ = self.checked(broken, "comparison")
            self.assertEqual((len(table.missing), good), (1, False), item["comparisonId"])

    def test_no_number_of_an_analysis_may_be_off(self):
        for name in ("path-rflip", "symmetry-rhead", "symmetry-rflip", "barrier-rflip", "barrier-rsame"):
            fact = self.system.facts[name]
            for leaf in one_of_each(fact["result"]):
                if leaf[0] in ("aligned", "alignedAbsent") and len(leaf) == 1:
                    continue  # no numbers: the test below
                with self.subTest(analysis=name, field=leaf):
                    broken = self.with_fact(name, fact | {"result": with_leaf(fact["result"], leaf, off(fact["result"], leaf))})
                    self.assertFalse(self.checked(broken, fact["kind"])[1])

    def test_a_line_that_is_absent_has_a_reason_and_one_that_is_there_has_none(self):
        for name, reason in (("barrier-rsame", None), ("barrier-rflip", "none was made")):
            fact = self.system.facts[name]
            broken = self.with_fact(name, fact | {"result": fact["result"] | {"alignedAbsent": reason}})
            self.assertFalse(self.checked(broken, "barrier")[1], name)

    def test_no_number_of_a_comparison_may_be_off(self):
        whole = self.system.answers["/studies/s/comparisons"]
        for i in [i for i, item in enumerate(whole["items"]) if item["comparisonId"] in ("perturbation-rflip", "null-rnew1")]:
            for leaf in one_of_each(whole["items"][i]):
                if leaf[0] in ("comparisonId", "kind", "outcome", "left", "right"):
                    continue
                with self.subTest(field=leaf):
                    made = with_leaf(whole, ("items", i, *leaf), off(whole["items"][i], leaf))
                    broken = copy.copy(self.system)
                    broken.system, broken.answers = broken, self.system.answers | {"/studies/s/comparisons": made}
                    self.assertFalse(self.checked(broken, "comparison")[1])

    def test_no_effect_null_or_ratio_of_the_report_may_be_off(self):
        for name in ("effect", "nullDistance", "effectToNull"):
            leaf = ("runs", 1, "retraining", name)  # the first child; the parent has none
            broken = copy.copy(self.system)
            report = with_leaf(self.system.answers["report"], leaf, off(self.system.answers["report"], leaf))
            broken.system, broken.answers = broken, self.system.answers | {"report": report}
            self.assertFalse(self.checked(broken, "comparison", "report")[1], name)


def one_of_each(value):
    """The place of one leaf of every name, absent ones too."""
    seen = {}
    for leaf, _ in leaves(value):
        seen.setdefault(tuple(key for key in leaf if isinstance(key, str)), leaf)
    return seen.values()


def off(whole, leaf):
    for key in leaf:
        whole = whole[key]
    if leaf[-1] in ("accuracy", "agreement"):
        return whole - 0.1 if whole > 0.5 else whole + 0.1  # six images of sixty
    if whole is None:
        return 0.5
    return whole * 1.001 + 3e-3 if isinstance(whole, float) else changed(whole)


if __name__ == "__main__":
    unittest.main()
