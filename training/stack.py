"""The stack that every model is made of, in torch, and its way to an ONNX file.

The architecture is MiniLM's (BERT, 6 layers, 384 wide, 12 heads); its weights start as those of all-MiniLM-L6-v2. Word
vectors are looked up outside (`Words` here, `quoth.models.session` when shipped), so that all stacks share them.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.words import WEIGHTS, base_folder

WIDTH, HEADS, LAYERS, INNER, LONGEST = 384, 12, 6, 1536, 512
#: Width of a head of attention.
HEAD = WIDTH // HEADS


def products() -> torch.autocast:
    """Products in bfloat16 for a while where the processor has them; where it has not, they take many times as long."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_amx_tile_supported())  # noqa: SLF001


class Norm(nn.LayerNorm):
    """Layer norm that is exported as sums and products, which onnxruntime does sooner than its own operator."""

    def forward(self, x: Tensor) -> Tensor:
        """`x` with mean 0 and variance 1 over its last axis, scaled and shifted."""
        if not torch.onnx.is_in_onnx_export():
            return super().forward(x)
        centred = x - x.mean(-1, keepdim=True)
        deviation = torch.sqrt((centred * centred).mean(-1, keepdim=True) + self.eps)
        return centred / deviation * self.weight + self.bias


class Layer(nn.Module):
    """One layer: attention and a feed-forward net, each followed by a sum and a norm."""

    def __init__(self, inner: int = INNER, heads: int = HEADS) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(WIDTH, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, WIDTH)
        self.norm1 = Norm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = Norm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.0)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's output; `bias` (batch, 1, 1, length), if any, is added to the scores of attention."""
        batch, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(x).reshape(batch, length, 3, self.heads, HEAD).permute(2, 0, 3, 1, 4).unbind(0)
        # plain matrix products: quicker on a CPU than the fused kernel, and simple to export
        scores = q @ k.transpose(-1, -2) * HEAD**-0.5
        if bias is not None:
            scores = scores + bias
        mixed = torch.softmax(scores, dim=-1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, self.heads * HEAD)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Stack(nn.Module):
    """The whole stack.

    Args:
        tables: for each extra feature of a piece (its shape, its sentence ...) how many values it can take; its vector
            starts at nought and is added to the word's.
        longest: positions kept.
        inner: width of the feed-forward nets; the base has 1536.
        heads: heads of attention in a layer; the base has 12.
    """

    def __init__(
        self,
        tables: Sequence[int] = (),
        *,
        longest: int = LONGEST,
        inner: int = INNER,
        heads: int = HEADS,
    ) -> None:
        super().__init__()
        self.positions = nn.Parameter(torch.zeros(longest, WIDTH))
        self.tables = nn.ModuleList(nn.Embedding(rows, WIDTH) for rows in tables)
        for table in self.tables:
            nn.init.zeros_(table.weight)
        self.norm = Norm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner, heads) for _ in range(LAYERS))

    def forward(self, words: Tensor, mask: Tensor | None, *features: Tensor) -> Tensor:
        """Vectors (batch, length, 384) for word vectors of that shape; `mask` is 1 for pieces, 0 for padding."""
        return self.by_layer(words, mask, *features)[-1]

    def by_layer(self, words: Tensor, mask: Tensor | None, *features: Tensor) -> list[Tensor]:
        """What each layer gives, from the bottom; see `forward`."""
        x = words + self.positions[: words.shape[1]]
        for table, feature in zip(self.tables, features, strict=True):
            x = x + table(feature)
        x = self.norm(x)
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        made: list[Tensor] = []
        for layer in self.layers:
            x = layer(x, bias)
            made.append(x)
        return made

    def load_base(self) -> "Stack":
        """Takes over the weights of the base model."""
        base = load_file(base_folder() / "model.safetensors")
        first = base["embeddings.token_type_embeddings.weight"][0]
        state = self.state_dict()
        state["positions"] = base["embeddings.position_embeddings.weight"][: len(self.positions)] + first
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = base[f"embeddings.LayerNorm.{part}"]
            for index in range(len(self.layers)):
                ours, theirs = f"layers.{index}.", f"encoder.layer.{index}."
                names = ("query", "key", "value")
                state[f"{ours}qkv.{part}"] = torch.cat([base[f"{theirs}attention.self.{n}.{part}"] for n in names])
                state[f"{ours}out.{part}"] = base[f"{theirs}attention.output.dense.{part}"]
                state[f"{ours}norm1.{part}"] = base[f"{theirs}attention.output.LayerNorm.{part}"]
                state[f"{ours}up.{part}"] = base[f"{theirs}intermediate.dense.{part}"]
                state[f"{ours}down.{part}"] = base[f"{theirs}output.dense.{part}"]
                state[f"{ours}norm2.{part}"] = base[f"{theirs}output.LayerNorm.{part}"]
        self.load_state_dict(state)
        return self


class Words(nn.Module):
    """The shared word vectors, frozen, exactly as they are shipped (int8 with a scale for each row)."""

    def __init__(self) -> None:
        super().__init__()
        packed = torch.from_numpy(np.load(WEIGHTS / "words.npy").astype(np.float32))
        table = packed * torch.from_numpy(np.load(WEIGHTS / "word_scales.npy"))[:, None]
        self.register_buffer("table", table, persistent=False)

    def forward(self, ids: Tensor) -> Tensor:
        """The vector of each piece."""
        return functional.embedding(ids, self.table)


def export(
    module: nn.Module, feeds: Mapping[str, Tensor], outputs: Mapping[str, Mapping[int, str]], file: Path
) -> None:
    """Writes `module` as int8 ONNX: weights per channel in a reduced range, activations quantised as they come.

    The reduced range (7 bits) is for processors without VNNI, where products of full int8 overflow.

    Args:
        module: called with the feeds in order.
        feeds: example inputs by name; the first two axes of each (batch, length) may vary.
        outputs: names of the outputs and the axes of each that may vary.
        file: where to write.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415
    from onnxruntime.quantization.shape_inference import quant_pre_process  # noqa: PLC0415

    module = module.eval().float()
    axes: dict[str, Mapping[int, str]] = {name: {0: "batch", 1: "length"} for name in feeds}
    axes.update(outputs)
    with tempfile.TemporaryDirectory() as folder:
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        with torch.no_grad():
            torch.onnx.export(
                module,
                tuple(feeds.values()),
                str(plain),
                input_names=list(feeds),
                output_names=list(outputs),
                dynamic_axes=axes,
                opset_version=17,
                dynamo=False,
            )
        module.eval()
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(file),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


class Average:
    """A moving average of the weights."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.state = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Takes the weights of a step in."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in network.state_dict().items():
            self.state[name].lerp_(value, 1 - decay)


def quiet(threads: int = 1, seed: int = 1) -> None:
    """Fixes the seed and the threads of a run."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    np.random.seed(seed)
