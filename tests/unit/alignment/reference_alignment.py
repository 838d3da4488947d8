"""The pairing of `editing` written plainly, to be held against the fast one. Nothing but tests uses it."""

from collections.abc import Sequence


def best(worth: Sequence[Sequence[float]]) -> tuple[float, list[tuple[int, int]]]:
    """The best pairing in order of two stretches, and what it is worth.

    Args:
        worth: what each pair is worth, one row for each reported word.

    Returns:
        The sum, and (reported, original) indices, both rising; where two pairings are worth the same, any of them.
    """
    height, width = len(worth), len(worth[0]) if worth else 0
    table = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height):
        for j in range(width):
            table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j], table[i][j] + worth[i][j])
    found: list[tuple[int, int]] = []
    i, j = height, width
    while i and j:
        if table[i][j] == table[i - 1][j]:
            i -= 1
        elif table[i][j] == table[i][j - 1]:
            j -= 1
        else:
            found.append((i - 1, j - 1))
            i, j = i - 1, j - 1
    return table[height][width], found[::-1]
