"""The part of check_retraining.py that judges: epochs to regain, verdicts on claims 7 and 8, sweeps, factors.

Inputs are the distances that were recomputed, and figures as they were downloaded, which other checks of this folder recompute.
"""

import collections

import judged_numbers as judged
import measured_facts

TOLERANCES = {
    "regained: epochs": ("absolute", 0),
    "verdicts: outcomes, counts": ("absolute", 0),
    "verdicts: numbers": ("absolute", 1e-8),
    "escape: counts, sides": ("absolute", 0),
    "escape: numbers": ("relative", 1e-8),
    "factors: counts, refusals": ("absolute", 0),
    "factors: sums of squares, F": ("relative", 1e-8),
    "factors: shares, p": ("absolute", 1e-6),
}
CELL = ("network", "dataset", "initialization", "optimizer")
FACTORS = ("network", "initialization", "optimizer")
SIZED = ("epsilon", "gaussian", "random-signs")
SMALL_EPSILON, LEAST_MATCH = 1e-5, -0.01


class Claims:
    def __init__(self, check, report, table):
        self.check, self.report, self.table = check, report, table
        self.rows = {row["runId"]: row for row in report["runs"]}
        self.families = {child: family for family in check.families for child in family.children}

    def all(self, facts, study):
        self.regained()
        self.verdicts(facts.items(f"/studies/{study}/verdicts"), self.matched(facts, study))
        self.sweeps()
        self.factors()

    def worthwhile(self, run):
        """Whether a run's accuracy reaches the gate of its data set; one that the study says nothing of has none."""
        row = self.rows.get(run)
        if row is None or row["state"] != "finished":
            return False
        gate = self.report["study"]["spec"]["gates"].get(row["dataset"])
        return gate is None or row["accuracy"] >= gate

    # --- epochs until the parent's accuracy is regained ---

    def regained(self):
        for family in self.check.families:
            for run in family.descendants():
                images = self.check.run(run).spec["dataset"]["test"]
                trained = self.right(family.parent, images)[-1][1]
                # less half a point, in whole images: 200 · right ≥ 200 · trained − images
                enough = [e for e, right in self.right(run, images) if e >= 1 and 200 * right >= 200 * trained - images]
                found = ((self.rows[run].get("retraining") or {}).get("regained") or {}).get("epochs")
                self.table.note("regained: epochs", f"{run}", found, enough[0] if enough else None)

    def right(self, run, images):
        """[(epoch, test images classified right)]."""
        items = self.check.facts.items(f"/runs/{run}/epochs")
        return [(item["epoch"], round(item["test"]["accuracy"] * images)) for item in items]

    # --- verdicts ---

    def matched(self, facts, study):
        """Matched correlation by (kind, left, right)."""
        items = facts.items(f"/studies/{study}/comparisons")
        return {
            (i["kind"], i["left"]["runId"], i["right"]["runId"]): (measured_facts.found(i, "matchedCorrelation") or {}).get(
                "matchedCorrelation"
            )
            for i in items
            if i.get("left") and i.get("right")
        }

    def cells(self, chosen):
        """Cell and perturbation → children, of those perturbations that are `chosen`."""
        found = collections.OrderedDict()
        for child in [child for child in self.families if chosen(self.check.change(child))]:
            key = tuple(self.rows[child][name] for name in CELL) + (str(self.check.change(child)),)
            found.setdefault(key, []).append(child)
        return list(found.values())

    def verdicts(self, items, matched):
        verdicts = {item["number"]: item for item in items}
        small = self.cells(lambda c: c["kind"] == "epsilon" and 0 < abs(c["value"]) <= SMALL_EPSILON)
        flipped = self.cells(lambda c: c["kind"] == "sign-flip" and c["scope"] == "all")
        self.verdict(verdicts.get(7), small, [(self.over_null, "<=", 1), (self.closer(matched), ">=", LEAST_MATCH)])
        measures = [(self.ratio(lambda numbers: numbers), ">", 2)]
        if any(self.check.of(child)["moduloSign"] for cell in flipped for child in cell):
            measures.append((self.ratio(lambda numbers: numbers["moduloSign"]), ">", 2))
        self.verdict(verdicts.get(8), flipped, measures)

    def over_null(self, child):
        return self.check.effect_of(self.families[child], child)[2]

    def closer(self, matched):
        def of(child):
            family = self.families[child]
            own, twin = matched.get(("perturbation", family.parent, child)), matched.get(("twin", family.parent, family.same))
            return None if own is None or twin is None else own - twin

        return of

    def ratio(self, part):
        return lambda child: (part(self.check.of(child)) or {}).get("ratioToDrift")

    def verdict(self, reported, cells, measures):
        if reported is None:
            self.table.missing.append("verdicts 7 and 8 among GET /studies/…/verdicts")
            return
        where, sides, left = f"verdict {reported['number']}", [], list(reported["values"])
        for children in cells:
            for value, relation, threshold in measures:
                expected = self.cell(children, value, relation, threshold)
                sides.append((expected["beyond"], expected.pop("gated")))
                self.value(f"{where}, {len(children)} runs as {children[0]}", expected, left)
        self.table.equal("verdicts: outcomes, counts", where, reported["verdict"], judged.outcome(sides))
        self.table.equal("verdicts: outcomes, counts", f"{where}: values beside those", [v["cell"] for v in left], [])

    def cell(self, children, value, relation, threshold):
        good = [c for c in children if self.worthwhile(c) and self.worthwhile(self.families[c].parent)]
        seeds = {str(self.rows[c]["seed"]): value(c) for c in good if value(c) is not None}
        mean, low, high = judged.t_interval(list(seeds.values()), judged.SEEDS)
        side = judged.beyond(low, high, relation, threshold)
        numbers = {"mean": mean, "low": low, "high": high, "perSeed": seeds}
        return numbers | {"n": len(seeds), "beyond": side, "gated": not good}

    def value(self, where, expected, left):
        """Against the one of the values left whose mean is nearest, which is taken out."""

        def apart(value):
            both = value["mean"], expected["mean"]
            return abs(both[0] - both[1]) if None not in both else 0 if both == (None, None) else float("inf")

        if not left:
            self.table.equal("verdicts: outcomes, counts", f"{where} value", None, expected)
            return
        nearest = min(left, key=apart)
        left.remove(nearest)
        for name in ("n", "beyond"):
            self.table.equal("verdicts: outcomes, counts", f"{where} {name}", nearest.get(name), expected[name])
        for name in ("mean", "low", "high"):
            self.table.note("verdicts: numbers", f"{where} {name}", nearest.get(name), expected[name])
        by_seed = {item["seed"]: item["value"] for item in nearest["perSeed"]}
        for seed in by_seed.keys() | expected["perSeed"].keys():
            here = expected["perSeed"].get(seed)
            self.table.note("verdicts: numbers", f"{where} seed {seed}", by_seed.get(seed), here)

    # --- sweeps ---

    def sweeps(self):
        found = collections.OrderedDict()
        for child in self.families:
            change = self.check.change(child)
            if change["kind"] in SIZED and (change.get("value") or 0) > 0:
                key = tuple(self.rows[child][name] for name in CELL) + (change["kind"], change["scope"], change.get("seed"))
                found.setdefault(key, collections.OrderedDict()).setdefault(change["value"], []).append(child)
        found = {key: sizes for key, sizes in found.items() if len(sizes) > 1}
        names = CELL + ("kind", "scope", "drawSeed")
        reported = {tuple(c["sweep"].get(name) for name in names): c for c in self.report.get("escape") or []}
        self.table.equal("escape: counts, sides", "sweeps", set(reported), set(found))
        for key in found.keys() & reported.keys():
            self.sweep(f"sweep {key}", reported[key], found[key])

    def numbers(self, child):
        effect, null, ratio = self.check.effect_of(self.families[child], child)
        whole = self.check.of(child)
        back = {} if whole["belowDrift"] else {name: whole[name] for name in ("departure", "recovery")}
        over = effect / whole["displaced"] if effect is not None and whole["displaced"] else None
        against = {"effect": effect, "nullDistance": null, "effectToNull": ratio, "effectToDisplaced": over}
        return against | back | {name: whole[name] for name in ("displaced", "ratioToDrift", "belowDrift")}

    def sweep(self, where, reported, sizes):
        values = {item["value"]: item for item in reported["values"]}
        self.table.equal("escape: counts, sides", f"{where} sizes", list(values), sorted(sizes))
        for size in values.keys() & sizes.keys():
            self.size(f"{where} at {size}", values[size], [self.numbers(child) for child in sizes[size]])
        for name, number, threshold, rising in (("overNull", "effectToNull", 1, True), ("notBack", "recovery", 0.5, False)):
            self.turn(f"{where} {name}", reported[name], sizes, number, threshold, rising)

    def size(self, where, item, numbers):
        below = sum(bool(n["belowDrift"]) for n in numbers)
        self.table.note("escape: counts, sides", f"{where} below drift", item["belowDrift"], below)
        names = ("displaced", "effect", "nullDistance", "effectToNull", "effectToDisplaced", "departure", "recovery", "ratioToDrift")
        for name in names:
            known = [n[name] for n in numbers if n.get(name) is not None]
            spread = item.get(name) or {}
            self.table.note("escape: counts, sides", f"{where} {name} n", spread.get("n", 0), len(known))
            for key, here in zip(("mean", "low", "high"), judged.t_interval(known)):
                self.table.note("escape: numbers", f"{where} {name} {key}", spread.get(key), here)

    def turn(self, where, reported, sizes, number, threshold, rising):
        curves = collections.OrderedDict()
        for size, children in sizes.items():
            for child in children:
                points = curves.setdefault(self.families[child].parent, [])
                y = self.numbers(child).get(number)
                if y is not None and self.worthwhile(child) and self.worthwhile(self.families[child].parent):
                    points.append((size, y))
        turns = {parent: judged.turn(points, threshold, rising) for parent, points in curves.items()}
        seeds = {item["parentRunId"]: item for item in reported["seeds"]}
        self.table.equal("escape: counts, sides", f"{where} parents", set(seeds), set(turns))
        for parent in seeds.keys() & turns.keys():
            side, value = turns[parent]
            self.table.equal("escape: counts, sides", f"{where} {parent} side", seeds[parent]["side"], side)
            self.table.note("escape: counts, sides", f"{where} {parent} n", seeds[parent]["points"], len(curves[parent]))
            self.table.note("escape: numbers", f"{where} {parent}", seeds[parent].get("value"), value)
        for key, here in zip(("value", "low", "high"), judged.turn_over_seeds(list(turns.values()))):
            self.table.note("escape: numbers", f"{where} {key}", reported.get(key), here)

    # --- factors ---

    def factors(self):
        base = [row for row in self.report["runs"] if row["role"] == "base"]
        levels = collections.defaultdict(set)
        for row in base:
            levels[row["dataset"]].add(tuple(row[name] for name in FACTORS))
        found = sorted({item["dataset"] for item in self.report.get("factors") or []})
        needed = sorted(dataset for dataset, combinations in levels.items() if len(combinations) > 1)
        self.table.equal("factors: counts, refusals", "data sets in which a factor varies", found, needed)
        for item in self.report.get("factors") or []:
            rows = [row for row in base if row["dataset"] == item["dataset"]]
            varying = [name for name in FACTORS if len({row[name] for row in rows}) > 1]
            where = f"factors of {item['measure']} on {item['dataset']}"
            self.table.equal("factors: counts, refusals", f"{where} factors", item["factors"], varying)
            self.table.note("factors: counts, refusals", f"{where} n", item["n"], len(rows))
            if not rows:
                continue  # said above
            values = [self.measure(row, item["measure"]) for row in rows]
            sound = all(self.worthwhile(row["runId"]) for row in rows) and None not in values
            cells = collections.Counter(tuple(row[name] for name in varying) for row in rows)
            enough = min(cells.values()) >= judged.SEEDS
            self.table.equal("factors: counts, refusals", f"{where} refused", item.get("refused") is not None, not (sound and enough))
            if item.get("refused") is None and sound:
                self.effects(where, item, [{name: row[name] for name in varying} | {"y": y} for row, y in zip(rows, values)])

    def measure(self, row, name):
        if name == "relativeDistance":
            both = row.get("distanceFromStart"), row.get("startNorm")
            return both[0] / both[1] if None not in both and both[1] else None
        if name == "meanCorrelation":
            items = (self.report["features"].get(row["runId"]) or {"items": []})["items"]
            return next((item.get(name) for item in items if item["step"] == row["step"]), None)
        return row.get(name)

    def effects(self, where, item, rows):
        names = [effect["name"] for effect in item["effects"]]
        mains = [name for name in names if " × " not in name]
        self.table.equal("factors: counts, refusals", f"{where} main effects", sorted(mains), sorted(item["factors"]))
        if not {factor for name in names for factor in name.split(" × ")} <= set(rows[0]):
            return  # said above
        effects, residual = judged.analysed(rows, "y", names)
        for reported, here in [(e, effects[e["name"]]) for e in item["effects"]] + [(item["residual"], residual)]:
            for name, value in here.items():
                exact = {"df": "counts, refusals", "sumOfSquares": "sums of squares, F", "f": "sums of squares, F"}
                measure = f"factors: {exact.get(name, 'shares, p')}"
                self.table.note(measure, f"{where} {reported.get('name', 'residual')} {name}", reported.get(name), value)
