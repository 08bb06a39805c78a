"""Which mutants are tried: a seeded sample, each package by its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from benchmarks.mutation.places import Mutant

SELDOM = {"text": 0.1}
"""How often a fault of a kind is drawn, against the others of its line; by judgement: another text
is found at once where it is a key, and is a matter of wording elsewhere."""


def draw(found: Iterable[Mutant], number: int, seed: int) -> list[Mutant]:
    """Draw mutants: first a line, then one of its faults, so that a dense line counts like others.

    With the same sources, number and seed the sample is the same.

    Args:
        found: All that can be made.
        number: How many are wanted; fewer if there are not so many lines.
        seed: Of the random generator.
    """
    random = Random(seed)
    lines: defaultdict[str, defaultdict[tuple[str, int], list[Mutant]]]
    lines = defaultdict(lambda: defaultdict(list))
    for mutant in found:
        lines[mutant.package][mutant.path, mutant.line].append(mutant)
    drawn = []
    shares = shared({package: len(places) for package, places in lines.items()}, number)
    for package in sorted(lines):
        places = lines[package]
        for place in random.sample(sorted(places), shares[package]):
            weights = [SELDOM.get(mutant.operator, 1.0) for mutant in places[place]]
            drawn += random.choices(places[place], weights)
    random.shuffle(drawn)
    return drawn


def shared(sizes: dict[str, int], number: int) -> dict[str, int]:
    """Share a number out in proportion to sizes, by the largest remainders; none above its size."""
    total = sum(sizes.values())
    number = min(number, total)
    exact = {name: number * size / total for name, size in sizes.items()}
    given = {name: int(share) for name, share in exact.items()}
    for name in sorted(sizes, key=lambda name: (given[name] - exact[name], name)):
        if sum(given.values()) < number:
            given[name] += 1
    return given
