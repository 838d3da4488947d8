"""Makes a checkpoint of the shipped files, to go on learning from.

    PYTHONPATH=src python -m training.tagger.restore build/tagger/shipped.pt

Weights come back as int8 left them; what only training uses (the aid), and what the files lack, starts anew.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.stack import WIDTH
from training.tagger.network import TaggerNetwork
from training.words import WEIGHTS


def weights_of(file: Path, prefix: str, root: str) -> dict[str, Tensor]:
    """The weights of an ONNX file by their names in torch.

    Args:
        file: int8 per channel, as `training.stack.export` writes it.
        prefix: what the file's names have before those of the network.
        root: what the network's names have before those of the file.
    """
    graph = onnx.load(str(file)).graph
    kept = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {
        root + name.removeprefix(prefix): value
        for name, value in kept.items()
        if name.endswith((".weight", ".bias", "positions")) and value.dtype == np.float32
    }
    for node in graph.node:
        if node.op_type == "MatMulInteger":  # "/stack/layers.0/qkv/MatMul_quant", "/gate/Gemm_MatMul_quant"
            module = node.name.rsplit("/", 1)[0].strip("/").replace("/", ".")
            name = node.input[1].removesuffix("_quantized")
            rows = kept[f"{name}_quantized"].astype(np.float32) - kept[f"{name}_zero_point"].astype(np.float32)
            found[f"{root}{module}.weight"] = (rows * kept[f"{name}_scale"]).T
    return {name: torch.from_numpy(np.array(value, dtype=np.float32, order="C")) for name, value in found.items()}


def restored(folder: Path = WEIGHTS) -> tuple[dict[str, Tensor], list[str]]:
    """The state of a network with the shipped weights, and the names of what starts anew."""
    found = weights_of(folder / "reader.onnx", "network.", "") | weights_of(folder / "tagger_roles.onnx", "", "roles.")
    chains = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
    for name, short in (("cues", "cue_chain"), ("roles", "role_chain")):
        for part in ("step", "start", "end"):
            value = torch.tensor(chains[name][part])
            found[f"{short}.{part}"] = torch.where(value < -1e3, torch.zeros(()), value)  # what is forbidden stays so
    found["stack.positions"] = found["stack.positions"].reshape(-1, WIDTH)
    state = TaggerNetwork.of(found).state_dict()
    return state, sorted(set(state) - set(found))


def main() -> None:
    """Writes the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    state, missing = restored(options.folder)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, options.out)
    print("anew:", ", ".join(missing) or "nothing")


if __name__ == "__main__":
    main()
