"""Features of one model and similarity of two (MEASURES §3), computed a second time in numpy and scipy from downloaded features.

Imported by check_measures.py. Legend: N images, P units of the left or only model, Q units of the right one.
"""

import numpy as np
import scipy.optimize

CAP = 1024
DEAD = 1e-6


def live_units(features):
    """A mask [P]: the standard deviation is above 1e-6 of the layer's median."""
    deviations = features.std(0)
    return deviations > DEAD * np.median(deviations)


def capped(features):
    """The 1,024 units of highest variance, in their order, where there are more."""
    if features.shape[1] <= CAP:
        return features
    best = np.argsort(-features.var(0), kind="stable")[:CAP]
    return features[:, np.sort(best)]


def standardised(features):
    centred = features - features.mean(0)
    return centred / np.linalg.norm(centred, axis=0)


def without_class_means(features, labels):
    """Every image less the mean of its class."""
    rest = features.copy()
    for label in np.unique(labels):
        rest[labels == label] -= rest[labels == label].mean(0)
    return rest


def pairs(features):
    """mean |ρ|, mean ρ and root mean square of ρ over pairs of units, and the matrix; None with fewer than two."""
    if features.shape[1] < 2:
        return (None, None, None), None
    rho = np.corrcoef(features, rowvar=False)
    upper = rho[np.triu_indices_from(rho, 1)]
    return (float(np.abs(upper).mean()), float(upper.mean()), float(np.sqrt(np.mean(upper**2)))), rho


def within_model(features, logits, labels):
    """All numbers of a FeaturesResult but the step, and both correlation matrices of the live units."""
    wide = features.astype(np.float64)
    n, live = len(wide), live_units(wide)
    alive = wide[:, live]
    (mean_abs, mean, rms), rho = pairs(alive)
    classes = len(np.unique(labels))
    within, rho_within = None, None
    if n >= classes + 3:
        (inner_abs, inner_mean, inner_rms), rho_within = pairs(without_class_means(alive, labels))
        chance = float(np.sqrt(2 / (np.pi * (n - classes + 1))))
        within = {"meanAbsolute": inner_abs, "mean": inner_mean, "rms": inner_rms, "nullMeanAbsolute": chance}
    right = logits.argmax(1) == labels
    recall = [float(right[labels == c].mean()) if (labels == c).any() else None for c in range(int(labels.max()) + 1)]
    numbers = {
        "images": n,
        "units": wide.shape[1],
        "deadUnits": int((~live).sum()),
        "meanAbsCorrelation": mean_abs,
        "meanCorrelation": mean,
        "rmsCorrelation": rms,
        "nullMeanAbsCorrelation": float(np.sqrt(2 / (np.pi * n))),
        "accuracy": float(right.mean()),
        "withinClass": within,
        "participationRatio": None,
        "effectiveRank": None,
        "spectrumUnits": None,
        "recall": recall,
    }
    if alive.shape[1]:
        numbers |= spectrum(alive)
    return numbers, rho, rho_within


def spectrum(alive):
    """Participation ratio by eigenvalues (of more than 1,024 units by their power sums), effective rank by singular values."""
    covariance, best = np.atleast_2d(np.cov(alive, rowvar=False)), capped(alive)
    if len(covariance) > CAP:
        moments = np.trace(covariance), np.sum(covariance**2)
    else:
        eigen = np.linalg.eigvalsh(covariance)
        moments = eigen.sum(), np.sum(eigen**2)
    sigma = np.linalg.svd(best - best.mean(0), compute_uv=False)
    share = sigma[sigma > 0] / sigma.sum()
    return {
        "participationRatio": float(moments[0] ** 2 / moments[1]),
        "effectiveRank": float(np.exp(-np.sum(share * np.log(share)))),
        "spectrumUnits": best.shape[1],
    }


# --- two models -----------------------------------------------------------------------------------------------------


def hsic1(x, y):
    """The unbiased HSIC of linear kernels, times n(n − 3), without an n × n matrix.

    With K̃ = XXᵀ less its diagonal k (and L̃, l of Y): tr(K̃L̃) = ‖XᵀY‖² − k·l; K̃1 = X(Xᵀ1) − k; the sums follow from these.
    """
    n = len(x)
    diagonal_k, diagonal_l = np.sum(x * x, 1), np.sum(y * y, 1)
    rows_k, rows_l = x @ x.sum(0) - diagonal_k, y @ y.sum(0) - diagonal_l
    product = np.sum((x.T @ y) ** 2) - diagonal_k @ diagonal_l
    return product + rows_k.sum() * rows_l.sum() / ((n - 1) * (n - 2)) - 2 * (rows_k @ rows_l) / (n - 2)


def cka(x, y):
    """Debiased linear CKA; None where a side's own HSIC is not positive."""
    x, y = x - x.mean(0), y - y.mean(0)  # takes nothing from the value, and rounding from the sums
    own = hsic1(x, x), hsic1(y, y)
    return float(hsic1(x, y) / np.sqrt(own[0] * own[1])) if min(own) > 0 else None


def cka_biased(x, y):
    x, y = x - x.mean(0), y - y.mean(0)
    return float(np.sum((x.T @ y) ** 2) / (np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y)))


def procrustes(x, y):
    x, y = x - x.mean(0), y - y.mean(0)
    product = (x / np.linalg.norm(x)).T @ (y / np.linalg.norm(y))
    return float(2 - 2 * np.linalg.svd(product, compute_uv=False).sum())


def matched(x, y):
    """Mean signed ρ over the best assignment of standardised units."""
    rho = x.T @ y
    rows, columns = scipy.optimize.linear_sum_assignment(rho, maximize=True)
    return float(rho[rows, columns].mean())


def within_classes(labels, random):
    """A permutation that leaves every image in its class."""
    order = np.arange(len(labels))
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        order[places] = random.permutation(places)
    return order


def nulls(left, right, labels, count, random):
    """The three nulls' values over `count` permutations of the right's images, our own random ones."""
    x, y = standardised(left), standardised(right)
    values = {"matchedNet": [], "matchedNetWithinClass": [], "ckaNet": []}
    for _ in range(count):
        anywhere, inside = random.permutation(len(y)), within_classes(labels, random)
        values["matchedNet"].append(matched(x, y[anywhere]))
        values["matchedNetWithinClass"].append(matched(x, y[inside]))
        values["ckaNet"].append(cka(left, right[anywhere]))
    return {name: np.array(found, np.float64) for name, found in values.items()}


class Pair:
    """Two models' features and logits on the same images."""

    def __init__(self, left, right):
        self.left, self.right = (side["features"].astype(np.float64) for side in (left, right))
        self.live = live_units(self.left), live_units(self.right)
        self.x, self.y = capped(self.left[:, self.live[0]]), capped(self.right[:, self.live[1]])
        self.agreement = float(np.mean(left["logits"].argmax(1) == right["logits"].argmax(1)))

    def unit_correlation(self):
        if self.left.shape[1] != self.right.shape[1]:
            return None
        both = self.live[0] & self.live[1]
        if not both.any():
            return None
        a, b = standardised(self.left[:, both]), standardised(self.right[:, both])
        return float(np.mean(np.sum(a * b, 0)))

    def numbers(self):
        """Everything of a FeatureSimilarity that is no null and no label."""
        return {
            "images": len(self.left),
            "leftUnits": self.x.shape[1],
            "rightUnits": self.y.shape[1],
            "leftDeadUnits": int((~self.live[0]).sum()),
            "rightDeadUnits": int((~self.live[1]).sum()),
            "unitCorrelation": self.unit_correlation(),
            "matchedCorrelation": matched(standardised(self.x), standardised(self.y)),
            "cka": cka(self.x, self.y),
            "ckaBiased": cka_biased(self.x, self.y),
            "procrustes": procrustes(self.x, self.y),
            "agreement": self.agreement,
        }
