"""Makes the stack's feed-forward nets narrower: the inner units that add least to the layer's output go.

    PYTHONPATH=src python -m training.tagger.prune all.pt narrow.pt --data ../shared/data --inner 1152

A unit counts by the mean of its squared activation over running text, times the squared length of what it writes. What
is left is to be learned on from (`training.tagger.learn --start`).
"""

import argparse
import random
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from quoth.encoder.base import Vocabulary
from training.stack import Words, quiet
from training.tagger.corpus import labelled, read_records
from training.tagger.network import TaggerNetwork

#: Articles over which activations are counted.
ARTICLES = 60


@torch.no_grad()
def weights_of_units(network: TaggerNetwork, texts: list[str]) -> list[Tensor]:
    """What each inner unit of each layer adds, shape (inner,) for each layer."""
    vocabulary, words = Vocabulary(), Words()
    layers = network.stack.layers
    sums = [torch.zeros(layer.up.out_features) for layer in layers]

    def count(number: int):  # noqa: ANN202
        def hook(_module, _inputs, output: Tensor) -> None:  # noqa: ANN001
            sums[number] += functional.gelu(output[0]).square().sum(0)

        return hook

    hooks = [layer.up.register_forward_hook(count(number)) for number, layer in enumerate(layers)]
    for text in texts:
        for one in labelled(vocabulary, text, (), 190):
            ids, shapes, standing = (
                torch.from_numpy(column)[None] for column in (one.window.ids, one.window.shapes, one.window.standing)
            )
            network.encode(words(ids), None, shapes, standing)
    for hook in hooks:
        hook.remove()
    return [total * layer.down.weight.square().sum(0) for total, layer in zip(sums, layers, strict=True)]


def pruned(network: TaggerNetwork, weights: list[Tensor], inner: int) -> dict[str, Tensor]:
    """The state of the network with the `inner` weightiest units of each layer, in their order."""
    state = network.state_dict()
    for number, weight in enumerate(weights):
        kept = weight.topk(inner).indices.sort().values
        name = f"stack.layers.{number}."
        for part in ("up.weight", "up.bias"):
            state[name + part] = state[name + part][kept]
        state[name + "down.weight"] = state[name + "down.weight"][:, kept]
        print(f"layer {number}: {weight[kept].sum() / weight.sum():.3f} of the output's square kept")
    return state


def main() -> None:
    """Writes the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--inner", type=int, default=1152)
    options = parser.parse_args()
    quiet()
    network = TaggerNetwork.of(torch.load(options.checkpoint)).eval()
    records = read_records(options.data / "polnear" / "train.jsonl")
    texts = [record["text"] for record in random.Random(1).sample(records, ARTICLES)]
    torch.save(pruned(network, weights_of_units(network, texts), options.inner), options.out)


if __name__ == "__main__":
    main()
