"""How far two words are from each other, letter by letter: slips of the pen, and likeness."""

from collections import defaultdict


def slips(one: str, other: str, most: int) -> int:
    """Letters left out, put in, exchanged, or two neighbours swapped, by which one word is the other; no letter twice.

    Args:
        one: a word.
        other: another.
        most: how many are looked for.

    Returns:
        Their number, at least; `most + 1` where there are more.
    """
    first, second = _middles(one, other)
    if abs(len(first) - len(second)) > most:
        return most + 1
    if len(first) > most and (_without(first, second) > most or _without(second, first) > most):
        return most + 1
    before, last = [0] * (len(second) + 1), list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        here = [row]
        for column, opposite in enumerate(second, 1):
            best = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == opposite:
                best = min(best, before[column - 2] + 1)
            here.append(best)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return min(last[-1], most + 1)


def _without(one: str, other: str) -> int:
    """How many different letters of a word the other lacks: a slip mends one of them at most."""
    return len({*one} - {*other})


def spelled_alike(one: str, other: str) -> float:
    """1 for the same word, 0 where no letter is shared: slips, with letters between two swapped ones, by the length.

    This is the normalised distance of Damerau and Levenshtein without restriction.
    """
    longest = max(len(one), len(other))
    if not longest:
        return 1.0
    first, second = _middles(one, other)
    rows, columns = len(first), len(second)
    far = rows + columns
    table = [[far] * (columns + 2) for _ in range(rows + 2)]
    for row in range(rows + 1):
        table[row + 1][1] = row
    for column in range(columns + 1):
        table[1][column + 1] = column
    met: defaultdict[str, int] = defaultdict(int)  # the last row of each letter
    for row in range(1, rows + 1):
        same = 0
        for column in range(1, columns + 1):
            above = met[second[column - 1]]
            beside = same
            cost = int(first[row - 1] != second[column - 1])
            if not cost:
                same = column
            table[row + 1][column + 1] = min(
                table[row][column] + cost,
                table[row + 1][column] + 1,
                table[row][column + 1] + 1,
                table[above][beside] + (row - above - 1) + 1 + (column - beside - 1),
            )
        met[first[row - 1]] = row
    return 1 - table[rows + 1][columns + 1] / longest


def shared(one: str, other: str) -> float:
    """The share of the letters of two texts that both have in the same order, 0 to 1."""
    if not one and not other:
        return 1.0
    places: defaultdict[str, int] = defaultdict(int)
    for at, letter in enumerate(one):
        places[letter] |= 1 << at
    whole = (1 << len(one)) - 1
    left = whole
    for letter in other:
        matched = left & places[letter]
        left = ((left + matched) | (left - matched)) & whole
    return 2 * (len(one) - left.bit_count()) / (len(one) + len(other))


def _middles(one: str, other: str) -> tuple[str, str]:
    """What two words do not have in common at their beginning and end."""
    start = 0
    for letter, opposite in zip(one, other, strict=False):
        if letter != opposite:
            break
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
