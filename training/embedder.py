"""Exports the embedder: the base as it is, mean-pooled and brought to length 1.

python -m training.embedder
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.stack import Stack, export, quiet
from training.words import WEIGHTS


class Embedder(nn.Module):
    """Word vectors in, one vector of length 1 for each text out."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = Stack(longest=256).load_base()

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """Vectors (batch, 384)."""
        x = self.stack(words, mask)
        weight = mask[..., None].to(x.dtype)
        return functional.normalize((x * weight).sum(1) / weight.sum(1).clamp(min=1.0), dim=1)


def main() -> None:
    """Writes `embedder.onnx`."""
    quiet()
    feeds = {"words": torch.randn(2, 9, 384), "mask": torch.ones(2, 9, dtype=torch.int64)}
    export(Embedder(), feeds, {"vectors": {0: "batch"}}, WEIGHTS / "embedder.onnx")


if __name__ == "__main__":
    main()
