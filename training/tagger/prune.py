"""Makes the stack narrower: heads of attention, and inner units of the feed-forward nets, that add least go.

    PYTHONPATH=src python -m training.tagger.prune all.pt narrow.pt --data ../shared/data --inner 896 --heads 8

A unit counts by the mean of its squared activation over running text, times the squared length of what it writes; a
head by the sum over its 32 units. The role network's feed-forward net is narrowed with `--roles`. What is left is to be
learned on from (`training.tagger.learn --start narrow.pt --like all.pt`).
"""

import argparse
import random
from pathlib import Path

import torch
from torch import Tensor, nn

from quoth.models.session import Vocabulary
from training.stack import HEAD, Words, quiet
from training.tagger.corpus import labelled, read_records
from training.tagger.learn import collate
from training.tagger.network import TaggerNetwork

#: Articles over which activations are counted, and windows read at once.
ARTICLES = 60
BATCH = 8


@torch.no_grad()
def weights_of_units(network: TaggerNetwork, records: list[dict]) -> dict[str, Tensor]:
    """What each unit adds that a matrix reads, by the name of the matrix."""
    watched = {
        name: module
        for name, module in network.named_modules()
        if name.endswith((".out", ".down")) and isinstance(module, nn.Linear)
    }
    sums = {name: torch.zeros(module.in_features) for name, module in watched.items()}

    def count(name: str):  # noqa: ANN202
        def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            sums[name] += inputs[0].float().square().flatten(0, -2).sum(0)

        return hook

    hooks = [module.register_forward_pre_hook(count(name)) for name, module in watched.items()]
    vocabulary, words, rng = Vocabulary(), Words(), random.Random(1)
    windows = [one for record in records for one in labelled(vocabulary, record["text"], record["attributions"], 190)]
    for low in range(0, len(windows), BATCH):
        b = collate(windows[low : low + BATCH], rng, 0.0, 64)
        _, word, of_cue, _, _ = network.encode(words(b["ids"]), b["mask"], b["shapes"], b["standing"])
        if "row" in b:
            at = b["first"][:, :, None].expand(-1, -1, word.shape[2])
            word, of_cue, row = word.gather(1, at), of_cue.gather(1, at), b["row"]
            vector = (b["cue"][:, None] @ of_cue[row])[:, 0]
            network.roles(word[row], vector, b["distance"], b["paragraph"], b["words"].float()[row])
    for hook in hooks:
        hook.remove()
    return {name: sums[name] * module.weight.square().sum(0) for name, module in watched.items()}


def pruned(network: TaggerNetwork, weights: dict[str, Tensor], inner: int, heads: int, roles: int) -> dict[str, Tensor]:
    """The state of the network with the weightiest units and heads of each layer, in their order."""
    state = network.state_dict()
    for name, weight in weights.items():
        layer, part = name.rsplit(".", 1)
        if part == "down":
            kept = weight.topk(roles if layer.startswith("roles") else inner).indices.sort().values
            for end in (".up.weight", ".up.bias"):
                state[layer + end] = state[layer + end][kept]
        elif layer.startswith("stack"):
            best = weight.reshape(-1, HEAD).sum(1).topk(heads).indices.sort().values
            kept = (best[:, None] * HEAD + torch.arange(HEAD)).flatten()
            rows = torch.cat([kept + third * len(weight) for third in range(3)])
            for end in (".qkv.weight", ".qkv.bias"):
                state[layer + end] = state[layer + end][rows]
        else:
            continue
        state[f"{name}.weight"] = state[f"{name}.weight"][:, kept]
        print(f"{name}: {weight[kept].sum() / weight.sum():.3f} of the square of what it reads kept")
    return state


def main() -> None:
    """Writes the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--inner", type=int, default=896)
    parser.add_argument("--heads", type=int, default=8)
    parser.add_argument("--roles", type=int, default=512)
    options = parser.parse_args()
    quiet()
    network = TaggerNetwork.of(torch.load(options.checkpoint)).eval()
    records = random.Random(1).sample(read_records(options.data / "polnear" / "train.jsonl"), ARTICLES)
    weights = weights_of_units(network, records)
    torch.save(pruned(network, weights, options.inner, options.heads, options.roles), options.out)


if __name__ == "__main__":
    main()
