"""Exact chances: tails of the binomial and the Poisson distribution, and the limits taken from them."""

from itertools import accumulate, takewhile
from math import exp, lgamma, log, log1p, sqrt

OUTSIDE_95 = 0.025
"""How unlikely a figure is, on its own side, beyond the limits of 95 %."""

NOTHING = 1e-18
"""What a sum no longer feels beside its largest term."""


def tail(successes: int, trials: int, share: float) -> float:
    """The chance of so few successes, where they are fewer than expected; else of so many."""
    if successes > trials * share:
        return _at_most(trials - successes, trials, 1 - share)
    return _at_most(successes, trials, share)


def _at_most(successes: int, trials: int, share: float) -> float:
    """The binomial distribution's lower tail, summed from its largest term down until nothing is added."""
    if share in {0.0, 1.0}:
        return float(successes >= trials * share)
    logarithm = lgamma(trials + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
    term = exp(logarithm + successes * log(share) + (trials - successes) * log1p(-share))
    total, odds = term, (1 - share) / share
    for left in range(successes, 0, -1):
        term *= left / (trials - left + 1) * odds
        if total + term == total:
            break
        total += term
    return min(total, 1.0)


def quantile(chance: float, trials: int, share: float) -> int:
    """The least number of successes that is not exceeded with at least this chance."""
    low, high = 0, trials
    while low < high:
        middle = (low + high) // 2
        if _cumulative(middle, trials, share) >= chance:
            high = middle
        else:
            low = middle + 1
    return low


def _cumulative(successes: int, trials: int, share: float) -> float:
    if successes > trials * share and successes < trials:
        return 1 - _at_most(trials - successes - 1, trials, 1 - share)
    return _at_most(successes, trials, share)


def poisson_limits(events: int) -> tuple[float, float]:
    """The exact 95 % limits of the mean of a Poisson number of which `events` were counted (Garwood)."""
    low = _mean(events - 1, 1 - OUTSIDE_95) if events else 0.0
    return low, _mean(events, OUTSIDE_95)


def _mean(most: int, chance: float) -> float:
    """The mean under which no more than `most` events come about with this chance, by halving."""
    low, high = 0.0, most + 10 * sqrt(most + 1) + 10
    while low < (middle := (low + high) / 2) < high:
        if _events_at_most(most, middle) > chance:
            low = middle
        else:
            high = middle
    return high


def _events_at_most(most: int, mean: float) -> float:
    """The Poisson distribution's lower tail, summed from its largest term to both sides."""
    top = min(most, int(mean))
    largest = exp(top * log(mean) - mean - lgamma(top + 1))
    down = accumulate(range(top, 0, -1), lambda term, events: term * events / mean, initial=largest)
    up = accumulate(range(top + 1, most + 1), lambda term, events: term * mean / events, initial=largest)
    counting = [takewhile(lambda term: term > largest * NOTHING, terms) for terms in (down, up)]
    return min(sum(map(sum, counting)) - largest, 1.0)
