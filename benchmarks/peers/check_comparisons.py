"""The part of check_measures.py that takes two models: comparisons, order agreement and alignment."""

import math

import ckatorch.core
import numpy as np
import torch

import measured_alignment as alignment
import measured_facts
import measured_features
import measured_order
import observed_networks

DIFFERENT_STARTS = "different starts: unit i of the one has nothing to do with unit i of the other"
STAGES = ("raw", "rescaled", "sign-aware", "permuted")
COUNTS = ("images", "leftUnits", "rightUnits", "leftDeadUnits", "rightDeadUnits")


def distance(left, right, names):
    """‖right − left‖₂ over parameters, in double."""
    return math.sqrt(sum(float(((right[n].double() - left[n].double()) ** 2).sum()) for n in names))


class Comparisons:
    def __init__(self, runs, facts, store, table, args):
        self.runs, self.facts, self.store, self.table = runs, facts, store, table
        self.permutations, self.published = args.permutations, args.published

    def check(self, study):
        items = [i for i in self.facts.items(f"/studies/{study}/comparisons") if measured_facts.outcome(i) == "measured"]
        done = 0
        for item in items:
            name = item.get("comparisonId") or item.get("analysisId")
            if item["kind"] in ("alignment", "order-agreement") or not self.both(item):
                continue
            self.norms(name, item)
            done += self.similarity(name, item, done < self.published)
        print(f"{done} feature similarities checked", flush=True)
        for name, (kind, fact) in self.facts.analyses(self.runs, study).items():
            if kind == "order-agreement":
                self.order_agreement(name, fact)
            elif kind == "alignment":
                self.alignment(name, fact)

    def both(self, item):
        return all(item[side]["runId"] in self.runs for side in ("left", "right"))

    # --- comparisons ---

    def norms(self, name, item):
        left, right = (self.store.checkpoint(item[s]["runId"], item[s]["step"]) for s in ("left", "right"))
        kinds = self.runs[item["left"]["runId"]].kinds
        one, other = (math.sqrt(sum(float((state[n].double() ** 2).sum()) for n in kinds)) for state in (left, right))
        apart, dot = distance(left, right, kinds), sum(float((left[n].double() * right[n].double()).sum()) for n in kinds)
        for key, here in (("norm1", one), ("norm2", other), ("distance", apart)):
            self.table.note("comparison: norms", f"{name} {key}", item[key], here)
        self.table.note("comparison: cosine", f"{name} cosine", item.get("cosine"), dot / (one * other) if one * other > 0 else None)
        if item.get("drift") is not None:
            ratio = apart / item["drift"]
            self.table.note("comparison: norms", f"{name} ratioToDrift", item.get("ratioToDrift"), ratio)

    def similarity(self, name, item, published):
        """Returns whether the comparison has one."""
        reported = measured_facts.found(item, "matchedCorrelation")
        if reported is None:
            return False
        sides = [self.store.features(item[s]["runId"], item[s]["step"]) for s in ("left", "right")]
        if not np.array_equal(sides[0]["probe_indices"], sides[1]["probe_indices"]):
            print(f"comparison {name}: the stored features are of different images; not recomputed")
            return False
        pair = measured_features.Pair(*sides)
        numbers, where = pair.numbers(), f"{item['kind']} {name}"
        for key in COUNTS:
            self.table.note("similarity: counts, labels", f"{where} {key}", reported[key], numbers[key])
        for key in ("unitCorrelation", "matchedCorrelation", "cka", "ckaBiased", "agreement"):
            measure = "similarity: correlations, CKA, agreement"
            self.table.note(measure, f"{where} {key}", reported.get(key), numbers[key])
        self.table.note("similarity: Procrustes", where, reported["procrustes"], numbers["procrustes"])
        label = None if self.one_start(item) else DIFFERENT_STARTS
        self.table.equal("similarity: counts, labels", f"{where} label", reported.get("unitCorrelationLabel"), label)
        self.nulls(where, reported, pair, sides[0]["labels"])
        if published:
            self.against_published(where, reported, pair)
        return True

    def one_start(self, item):
        """Whether both descend from one start: the ancestors of generation 0 have equal parameters at step 0."""
        ancestors = [self.ancestor(item[side]["runId"]) for side in ("left", "right")]
        if ancestors[0] == ancestors[1]:
            return True
        left, right = (self.store.checkpoint(run, 0) for run in ancestors)
        return all(torch.equal(left[name], right[name]) for name in self.runs[item["left"]["runId"]].kinds)

    def ancestor(self, run):
        while run in self.runs and self.runs[run].spec.get("origin") is not None:
            run = self.runs[run].spec["origin"]["parent"]
        return run

    def nulls(self, where, reported, pair, labels):
        random = np.random.default_rng(int(where.encode().hex()[-12:], 16))
        ours = measured_features.nulls(pair.x, pair.y, labels, self.permutations, random)
        raw = {"matchedNet": "matchedCorrelation", "matchedNetWithinClass": "matchedCorrelation", "ckaNet": "cka"}
        for key, values in ours.items():
            net, at = reported[key], f"{where} {key}"
            count, spread = net["permutations"], net["nullDeviation"]
            self.table.note("similarity: counts, labels", f"{at} permutations", count, 20)
            here = float(values.std(ddof=1))
            error = math.sqrt(here**2 / count + here**2 / len(values)) + 1e-12
            off = abs(net["nullMean"] - float(values.mean())) / error
            says = f"{at} mean {net['nullMean']} here {values.mean()}"
            self.table.note("similarity: null means (standard errors)", says, off, 0)
            factor = max(spread, here) / max(min(spread, here), 1e-12)
            self.table.note("similarity: null deviations (factor)", f"{at} {spread} here {here}", factor, 0)
            expected = {"net": reported[raw[key]] - net["nullMean"]}
            expected["low"], expected["high"] = (expected["net"] + sign * 1.96 * spread for sign in (-1, 1))
            for name, value in expected.items():
                self.table.note("similarity: net, interval", f"{at} {name}", net[name], value)

    def against_published(self, where, reported, pair):
        x, y = torch.from_numpy(pair.x), torch.from_numpy(pair.y)
        measure = "similarity: CKA against ckatorch"
        debiased = float(ckatorch.core.cka_batch(x[None] - x.mean(0), y[None] - y.mean(0)))
        self.table.note(measure, f"{where} debiased", reported["cka"], debiased)
        self.table.note(measure, f"{where} biased", reported["ckaBiased"], float(ckatorch.core.cka_base(x, y)))

    # --- order agreement ---

    def order_agreement(self, name, fact):
        reported = measured_facts.found(fact, "tooCoarse") or measured_facts.found(fact, "classes")
        sides = {}
        for label, run, _ in measured_facts.inputs(fact):
            sides[label.partition("-")[0]] = run
        if not set(sides.values()) <= self.runs.keys():
            return
        orders = [self.facts.result(sides[side], "order", "blocks") for side in ("left", "right")]
        if None in orders:
            return
        keys = {"classes": ("label", "onsetStep"), "blocks": ("block", "halfStep")}
        for part, (what, when) in keys.items():
            left, right = ({item[what]: item.get(when) for item in order[part]} for order in orders)
            here = measured_order.agreement(left, right)
            self.table.note("agreement: counts", f"{name} {part}", reported[part]["n"], here["n"])
            for key in ("tau", "low", "high"):
                where = f"order agreement {name} {part} {key}"
                self.table.note("agreement: tau, interval", where, reported[part].get(key), here[key])

    # --- alignment ---

    def alignment(self, name, fact):
        reported = measured_facts.found(fact, "stages")
        sides = {label: (run, step) for label, run, step in measured_facts.inputs(fact)}
        if not {run for run, _ in sides.values()} <= self.runs.keys():
            return
        run = self.runs[sides["left"][0]]
        groups = observed_networks.units(run.model)
        left, right = (
            alignment.prepared(self.store.checkpoint(*sides[side]), run.kinds, run.masks) for side in ("left", "right")
        )
        tensors = self.facts.system.tensors(f"/analyses/{name}/tensors")
        orders = alignment.orders_of(tensors, groups)
        self.alignment_counts(name, reported, run, groups, orders)
        here = self.stages(run, left, right, groups, orders)
        raw = here["raw"][0]
        for stage in reported["stages"]:
            measure = "alignment: raw stage" if stage["name"] == "raw" else "alignment: later stages"
            for key, value in zip(("distance", "leftNorm", "rightNorm"), here[stage["name"]]):
                off = stage[key] - value
                where = f"alignment {name} {stage['name']} {key}: {stage[key]}, here {value}"
                self.table.note(measure, where, 1 + off / (raw or 1), 1)
        self.table.equal("alignment: units, counts", name, [s["name"] for s in reported["stages"]], list(STAGES))
        found = next(s["distance"] for s in reported["stages"] if s["name"] == "permuted")
        own = here["own"]
        self.quotients(name, reported["stages"])
        self.table.note("alignment: worse than our matching", name, max(0.0, (found - own) / (raw or 1)), 0)

    def alignment_counts(self, name, reported, run, groups, orders):
        dead = sum(int(mask.sum()) for mask in run.masks.values())
        total = sum(parameter.numel() for parameter in run.model.parameters())
        note, measure = self.table.note, "alignment: units, counts"
        note(measure, f"{name} dead", reported["geometryDead"], dead)
        note(measure, f"{name} parameters", reported["parameters"], total - dead)
        note(measure, f"{name} groups", len(reported["groups"]), len(groups))
        moved = sorted(int((order != np.arange(len(order))).sum()) for order in orders.values())
        self.table.equal(measure, f"{name} moved", sorted(g["moved"] for g in reported["groups"]), moved)
        units = sorted(len(order) for order in orders.values())
        self.table.equal(measure, f"{name} units", sorted(g["units"] for g in reported["groups"]), units)
        for order in orders.values():
            self.table.equal(measure, f"{name} permutation", sorted(order.tolist()), list(range(len(order))))

    def stages(self, run, left, right, groups, orders):
        """(distance, left norm, right norm) of every stage with the reported permutations, and the distance of our own."""

        def measured(a, b):
            return alignment.distance(a, b), alignment.norm(a), alignment.norm(b)

        made = {"raw": measured(left, right)}
        left, right = (alignment.rescaled(state, run.model, run.kinds) for state in (left, right))
        made["rescaled"] = measured(left, right)
        left, right = (alignment.sign_aware(state, run.kinds) for state in (left, right))
        made["sign-aware"] = measured(left, right)
        # a permutation may be written as "goes to" or "comes from": the nearer reading is the one meant
        readings = [orders, {name: alignment.inverse(order) for name, order in orders.items()}]
        permuted = [alignment.all_permuted(right, groups, reading) for reading in readings]
        made["permuted"] = min((measured(left, state) for state in permuted), key=lambda numbers: numbers[0])
        made["own"] = alignment.distance(left, alignment.own_matching(left, right, groups)[0])
        return made

    def quotients(self, name, stages):
        """What a stage says of its own numbers."""
        before = None
        for stage in stages:
            both = stage["leftNorm"] * stage["rightNorm"]
            scaled = stage["distance"] / math.sqrt(both) if both > 0 else None
            removed = None if before is None or scaled is None else before - scaled
            for key, value in (("normalised", scaled), ("removed", removed)):
                self.table.note("alignment: quotients", f"alignment {name} {stage['name']} {key}", stage.get(key), value)
            before = scaled
