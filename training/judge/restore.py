"""Makes a checkpoint of the shipped judge, to go on learning from.

    PYTHONPATH=src python -m training.judge.restore build/judge/shipped.pt

Weights come back as int8 left them, and positions that no row reaches start as those of the base.
"""

import argparse
from pathlib import Path

import torch

from training.judge.network import Judge
from training.stack import WIDTH
from training.tagger.restore import weights_of
from training.words import WEIGHTS


def restored(file: Path = WEIGHTS / "judge.onnx") -> dict[str, torch.Tensor]:
    """The state of a network with the shipped weights."""
    model = Judge()
    model.stack.load_base()
    state = model.state_dict()
    whole = weights_of(file, "", "")
    found = {f"stack.{name}" if name.startswith("layers.") else name: value for name, value in whole.items()}
    kept = found.pop("stack.positions").reshape(-1, WIDTH)
    state["stack.positions"][: len(kept)] = kept
    unknown = set(found) - set(state)
    missing = set(state) - set(found) - {"stack.positions"}
    if unknown or missing:
        raise SystemExit(f"{file.name} has {sorted(unknown)} too many and lacks {sorted(missing)}")
    state.update(found)
    return state


def main() -> None:
    """Writes the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": restored(), "optimiser": None, "seen": 0}, options.out)


if __name__ == "__main__":
    main()
