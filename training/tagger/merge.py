"""Makes a checkpoint that reads both statements and names a little, to learn both from.

    PYTHONPATH=src python -m training.tagger.merge TAGGER.pt TEACHER.pt [TEACHER.pt ...] --out build/tagger/merged.pt

The tagger and the recognisers learned from one base, so that what each changed in it can be added up (task arithmetic,
Ilharco et al. 2023): a share of what the tagger changed, and a share of what the recognisers changed on average. The
sum does neither task well, and learns both again in a fraction of the time that either took.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor

from quoth.models.session import SHAPES
from training.stack import Stack
from training.tagger.network import STANDINGS, TaggerNetwork

SHARE = 0.85


def merged(tagger: dict[str, Tensor], teachers: list[dict[str, Tensor]], share: float) -> dict[str, Tensor]:
    """The state of a network with `share` of the changes of both; heads are taken over whole."""
    state = TaggerNetwork().state_dict()
    state.update({name: value for name, value in tagger.items() if name in state})
    for name, base in Stack((SHAPES, STANDINGS)).load_base().state_dict().items():
        if name.startswith("tables.1"):  # only the tagger is told of quotation marks
            continue
        seen = [torch.cat([one[f"stack.{name}"], base[len(one[f"stack.{name}"]) :]]) for one in teachers]
        names = sum(value - base for value in seen) / len(seen)
        state[f"stack.{name}"] = base + share * (tagger[f"stack.{name}"] - base) + share * names
    for part in ("weight", "bias"):
        state[f"name.{part}"] = sum(one[f"head.{part}"] for one in teachers) / len(teachers)
    return state


def main() -> None:
    """Writes the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tagger", type=Path)
    parser.add_argument("teachers", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    state = merged(torch.load(options.tagger), [torch.load(file) for file in options.teachers], options.share)
    torch.save(state, options.out)


if __name__ == "__main__":
    main()
