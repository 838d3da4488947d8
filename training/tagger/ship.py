"""Makes the shipped files of a checkpoint: `reader.onnx`, `tagger_roles.onnx`, `tagger.json`.

    PYTHONPATH=src python -m training.tagger.ship build/tagger/epoch8.pt

Checks the int8 networks against torch on random input, and prints how far they are off.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from quoth.models.session import Network
from training.stack import WIDTH, export, quiet
from training.tagger.network import NARROW, Crf, TaggerNetwork
from training.words import WEIGHTS


class Seen(nn.Module):
    """What the first network gives of one window, which needs no mask: cue scores, words, cues, names."""

    def __init__(self, network: TaggerNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, shapes: Tensor, standing: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """See `TaggerNetwork.encode`."""
        return self.network.encode(words, None, shapes, standing)[:4]


def averaged(files: list[Path]) -> dict[str, Tensor]:
    """The mean of the weights of some checkpoints."""
    states = [torch.load(file) for file in files]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def table(chain: Crf) -> dict[str, list]:
    """A chain's scores as lists."""
    names = ("step", "start", "end")
    return {
        n: np.round(t.detach().numpy().astype(float), 4).tolist() for n, t in zip(names, chain.tables(), strict=True)
    }


def ship(network: TaggerNetwork, folder: Path, doubt: float) -> None:
    """Writes the three files."""
    network.eval()
    kept = {"doubt": doubt, "cues": table(network.cue_chain), "roles": table(network.role_chain)}
    (folder / "tagger.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    feeds = {
        "inputs_embeds": torch.randn(1, 9, WIDTH) * 0.05,
        "shapes": torch.randint(0, 5, (1, 9)),
        "standing": torch.randint(0, 3, (1, 9)),
    }
    outputs = {name: {0: "batch", 1: "length"} for name in ("scores", "words", "cues", "names")}
    first = Seen(network)
    export(first, feeds, outputs, folder / "reader.onnx")
    check(first, feeds, folder / "reader.onnx")
    roles = {
        "words": torch.randn(3, 7, NARROW),
        "cue": torch.randn(3, NARROW),
        "distance": torch.randint(0, 25, (3, 7)),
        "paragraph": torch.randint(0, 5, (3, 7)),
        "mask": torch.ones(3, 7, dtype=torch.int64),
    }
    export(network.roles, roles, {"scores": {0: "batch", 1: "length"}}, folder / "tagger_roles.onnx")
    check(network.roles, roles, folder / "tagger_roles.onnx")


@torch.no_grad()
def check(module: nn.Module, feeds: dict[str, Tensor], file: Path) -> None:
    """Prints how like the outputs of the file and of torch are (cosine of all numbers)."""
    wanted = module.eval()(*feeds.values())
    wanted = [wanted] if isinstance(wanted, Tensor) else list(wanted)
    got = Network(file).run({name: value.numpy() for name, value in feeds.items()})
    for one, other in zip(wanted, got, strict=True):
        a, b = one.numpy().ravel(), other.ravel()
        print(f"{file.name}: cosine to torch {a @ b / np.linalg.norm(a) / np.linalg.norm(b):.4f}")


def main() -> None:
    """Ships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+", help="several are averaged")
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    parser.add_argument("--doubt", type=float, default=0.0, help="added to the score of no cue")
    parser.add_argument("--unnamed", type=float, default=0.0, help="added to the score of no name")
    options = parser.parse_args()
    quiet()
    network = TaggerNetwork.of(averaged(options.checkpoints))
    with torch.no_grad():
        network.name.bias[0] += options.unnamed
    options.folder.mkdir(parents=True, exist_ok=True)
    ship(network, options.folder, options.doubt)


if __name__ == "__main__":
    main()
