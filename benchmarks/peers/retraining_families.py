"""Which retrainings of a study belong together. Imported by check_retraining.py."""

import collections


class Family:
    """A parent and the finished runs that descend from it. `unfinished`: a twin with a new seed is planned and not finished."""

    def __init__(self, parent):
        self.parent, self.children, self.same, self.new, self.unfinished = parent, [], None, [], False

    def twins(self):
        return ([] if self.same is None else [self.same]) + self.new

    def descendants(self):
        return self.children + self.twins()


def of(rows):
    """The families that have a finished retraining, from a study's runs as the API lists them."""
    families = collections.OrderedDict()
    for row in rows:
        if row["generation"] != 1:
            continue
        family = families.setdefault(row["parentRunId"], Family(row["parentRunId"]))
        finished = row["state"] == "finished"
        if row["role"] == "perturbed":
            family.children += [row["runId"]] if finished else []
        elif row["role"] == "twin-same-seed":
            family.same = row["runId"] if finished else None
        else:
            family.new += [row["runId"]] if finished else []
            family.unfinished = family.unfinished or not finished
    return [family for family in families.values() if family.descendants()]
