"""Where the rows of training come from: public sets, and makers of rows of our own, each with its weight in the mix."""

import random
import tomllib
from collections.abc import Callable
from pathlib import Path

from training.judge import data, news, own
from training.judge.data import Pair
from training.judge.edits import Lexicon
from training.judge.network import Example, pair, sentence

Maker = Callable[[random.Random, int], list[Pair]]
#: The share of the archive of releases whose sentences are used.
RELEASES = 0.1
#: Sets whose carried rows are edited for more rows.
RETOLD = (
    "defacto_train",
    "defacto_val",
    "xsumfaith_val",
    "fib_xsum",
    "entfa_train",
    "wice_claims_dev",
    "factcheckbench",
    "rte_train",
    "fever_dev",
    "healthver_dev",
    *2 * ("summedits_podcast", "summedits_sales_call", "summedits_qmsumm", "summedits_samsum"),
    "summedits_sales_email",
    "summedits_scitldr",
)  # fmt: skip


class Sources:
    """All sources, drawn from by the weights of the mix."""

    def __init__(self, folder: Path, mix: Path, seed: int) -> None:
        self._weights: dict[str, float] = tomllib.loads(mix.read_text(encoding="utf-8"))["weights"]
        self._sets = data.learned(folder)
        self._strengths = data.strengths(folder)
        rng = random.Random(seed)
        releases = [own.Release(*one) for one in data.releases(folder, rng, RELEASES)]
        lexicon = Lexicon(folder / "gum/docs_train.jsonl")
        self._makers: dict[str, Maker] = {
            "own_speech": lambda r, n: own.Maker(releases, lexicon, r).make(n),
            "own_news": news.make,
            "own_nested": lambda r, n: own.Maker(releases, lexicon, r).nested(reports, n),
            "own_told": lambda r, n: own.Maker(releases, lexicon, r).told(read, n),
            "own_retold": lambda r, n: own.Maker(releases, lexicon, r).retold(carried, n),
        }
        reports = [own.Article(*one) for one in data.articles(folder)] if "own_nested" in self._weights else []
        read = [row for row in data.told(folder) if not row.held_out()] if "own_told" in self._weights else []
        carried = [row for name in RETOLD for row in self._sets[name] if row.right == (data.CARRIED,)]
        print(f"{len(releases)} releases, {len(carried)} carried rows to edit, {len(read)} read")
        unknown = set(self._weights) - set(self._sets) - set(self._makers) - {"strength"}
        if unknown:
            raise SystemExit(f"{mix} weighs {', '.join(sorted(unknown))}, which there is none of")
        for name, rows in self._sets.items():
            print(f"{name}: {len(rows)} rows, weight {self._weights.get(name, 0)}")

    def chunk(self, rng: random.Random, count: int) -> list[Example]:
        """`count` rows, by the weights, depending on nothing but `rng`."""
        names = list(self._weights)
        drawn = rng.choices(names, [self._weights[name] for name in names], k=count)
        made: list[Example] = []
        for name in names:
            wanted = drawn.count(name)
            if not wanted:
                continue
            if name == "strength":
                made += [sentence(*one) for one in rng.sample(self._strengths, wanted)]
            elif name in self._makers:
                made += [pair(one) for one in self._makers[name](rng, wanted)]
            else:
                rows = self._sets[name]
                made += [pair(one) for one in rng.sample(rows * (1 + wanted // len(rows)), wanted)]
        return made
