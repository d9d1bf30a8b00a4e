"""Intervals, verdicts, turns of a sweep and factor analyses (MEASURES §9), by scipy and statsmodels. Imported by check_claims.py."""

import math

import numpy as np
import pandas
import scipy.optimize
import scipy.stats
import statsmodels.api
import statsmodels.formula.api

SEEDS = 3


def t_interval(values, least=2):
    """(mean, low, high), two-sided at 95 %; the limits are absent for fewer than `least` values."""
    if not values:
        return None, None, None
    mean = float(np.mean(values))
    if len(values) < least:
        return mean, None, None
    half = float(scipy.stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values)))
    return mean, mean - half, mean + half


def beyond(low, high, relation, threshold):
    """True: wholly beyond; False: wholly on the other side; None: neither, or no interval."""
    if low is None:
        return None
    if relation == "<=":
        return True if high <= threshold else False if low > threshold else None
    if relation == ">=":
        return True if low >= threshold else False if high < threshold else None
    return True if low > threshold else False if high <= threshold else None


def outcome(cells):
    """A verdict from [(beyond, whether the gate alone leaves nothing)]."""
    if not cells:
        return "not-applicable"
    if any(side is False for side, _ in cells):
        return "refuted"
    if all(side is True for side, _ in cells):
        return "supported"
    return "gate-not-met" if any(gated for _, gated in cells) else "underpowered"


def turn(points, threshold, rising):
    """(side, value) where [(size, number)] passes a threshold for good, straight over the logarithm of the size."""
    ordered = sorted(points)
    if not ordered:
        return "unknown", None
    short = [i for i, (_, y) in enumerate(ordered) if (y <= threshold if rising else y >= threshold)]
    if not short:
        return "below", None
    if short[-1] == len(ordered) - 1:
        return "above", None
    (x0, y0), (x1, y1) = ordered[short[-1]], ordered[short[-1] + 1]
    part = (threshold - y0) / (y1 - y0)
    return "within", 10 ** ((1 - part) * math.log10(x0) + part * math.log10(x1))


def turn_over_seeds(turns):
    """(geometric mean, low, high), absent unless every seed turns within."""
    if not turns or any(side != "within" for side, _ in turns):
        return None, None, None
    return tuple(None if v is None else 10**v for v in t_interval([math.log10(value) for _, value in turns]))


# --- factors ----------------------------------------------------------------------------------------------------------


def analysed(rows, value, names):
    """Effects by name and the residual, from rows of factors and a value; `names`: terms, as `a` or `a × b`."""
    frame = pandas.DataFrame(rows)
    terms = [":".join(f"C({factor})" for factor in name.split(" × ")) for name in names]
    model = statsmodels.formula.api.ols(f"{value} ~ {' + '.join(terms)}", frame).fit()
    table = statsmodels.api.stats.anova_lm(model, typ=2)
    n, total = len(frame), float(((frame[value] - frame[value].mean()) ** 2).sum())
    df, rest = int(table.loc["Residual", "df"]), float(table.loc["Residual", "sum_sq"])
    mean_square, effects = rest / df, {}
    for name, term in zip(names, terms):
        square, of, f = (float(table.loc[term, key]) for key in ("sum_sq", "df", "F"))
        net = square - of * mean_square
        low, high = noncentral(f, of, df, n)
        effects[name] = {
            "df": int(of),
            "sumOfSquares": square,
            "f": f,
            "p": float(table.loc[term, "PR(>F)"]),
            "omegaSquared": net / (total + mean_square),
            "partial": net / (square + (n - of) * mean_square),
            "partialLow": low,
            "partialHigh": high,
        }
    return effects, {"df": df, "sumOfSquares": rest, "share": n * mean_square / (total + mean_square)}


def noncentral(f, df, residual, n):
    """Limits of λ/(λ+N) at 95 %: those λ for which F is the 97.5 % and the 2.5 % quantile."""

    def limit(quantile):
        def apart(noncentrality):
            if noncentrality == 0:
                return scipy.stats.f.cdf(f, df, residual) - quantile
            return scipy.stats.ncf.cdf(f, df, residual, noncentrality) - quantile

        if apart(0) <= 0:
            return 0.0
        upper = 1.0
        while apart(upper) > 0:
            upper *= 2
        found = scipy.optimize.brentq(apart, 0, upper, xtol=1e-10, rtol=1e-13)
        return found / (found + n)

    return limit(0.975), limit(0.025)
