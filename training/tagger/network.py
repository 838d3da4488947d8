"""The tagger in torch: the shared stack, a cue head, and a role network that looks at the window once for each cue."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from quoth.models.session import SHAPES
from quoth.models.tagger import BUCKETS
from training.stack import HEAD, INNER, WIDTH, Norm, Stack
from training.stack import HEADS as STACK_HEADS
from training.tagger.labels import CUE_LABELS, ROLE_LABELS, allowed

#: Width of the role network.
NARROW = 256
HEADS = 4
#: Labels of names: O, then B and I for each kind.
NAME_LABELS = 7
STANDINGS = 3
PARAGRAPHS = 5
_NEVER = -1e4


class RoleLayer(nn.Module):
    """A transformer layer as in BERT, normed after, narrower than the stack's."""

    def __init__(self, inner: int = 4 * NARROW) -> None:
        super().__init__()
        self.qkv = nn.Linear(NARROW, 3 * NARROW)
        self.out = nn.Linear(NARROW, NARROW)
        self.norm1 = Norm(NARROW, eps=1e-12)
        self.up = nn.Linear(NARROW, inner)
        self.down = nn.Linear(inner, NARROW)
        self.norm2 = Norm(NARROW, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's output; `bias` (batch, 1, 1, words), if any, is added to the scores of attention."""
        batch, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(x).reshape(batch, length, 3, HEADS, NARROW // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) * (NARROW // HEADS) ** -0.5
        if bias is not None:
            scores = scores + bias.to(q.dtype)
        mixed = (torch.softmax(scores, dim=-1).to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, NARROW)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Crf(nn.Module):
    """A linear chain over the labels of `kinds` kinds of spans; steps that no spans make are forbidden."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        step, start, end = allowed(kinds)
        self.step = nn.Parameter(torch.zeros(step.shape))
        self.start = nn.Parameter(torch.zeros(len(start)))
        self.end = nn.Parameter(torch.zeros(len(end)))
        for name, table in (("no_step", step), ("no_start", start), ("no_end", end)):
            self.register_buffer(name, torch.from_numpy(~table).float() * _NEVER, persistent=False)

    def tables(self) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of steps (from, to), starts and ends."""
        return self.step + self.no_step, self.start + self.no_start, self.end + self.no_end

    def loss(self, scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of each sequence: scores (n, words, labels), labels (n, words), mask (n, words)."""
        step, start, end = self.tables()
        scores = scores.float()
        last = mask.sum(1).long() - 1
        path = (scores.gather(2, labels[:, :, None])[:, :, 0] * mask).sum(1)
        path = path + start[labels[:, 0]] + (step[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum(1)
        path = path + end[labels[torch.arange(len(labels)), last]]
        alpha = scores[:, 0] + start
        for place in range(1, scores.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + step[None], 1) + scores[:, place]
            alpha = torch.where(mask[:, place, None] > 0, following, alpha)
        return torch.logsumexp(alpha + end, 1) - path


class Roles(nn.Module):
    """Scores of source and content of one cue for each word of its window."""

    def __init__(self, dropout: float = 0.0, inner: int = 4 * NARROW) -> None:
        super().__init__()
        self.gate = nn.Linear(NARROW, NARROW)
        self.distance = nn.Embedding(2 * BUCKETS + 1, NARROW)
        self.paragraph = nn.Embedding(PARAGRAPHS, NARROW)
        self.norm = Norm(NARROW, eps=1e-12)
        self.layers = nn.ModuleList([RoleLayer(inner)])
        self.label = nn.Linear(NARROW, ROLE_LABELS)
        self.drop = nn.Dropout(dropout)
        for table in (self.distance, self.paragraph):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, words: Tensor, cue: Tensor, distance: Tensor, paragraph: Tensor, mask: Tensor) -> Tensor:
        """Scores (cues, words, labels).

        Args:
            words: each word as the stack saw it, (cues, words, 256).
            cue: the mean of the cue's words, (cues, 256).
            distance: bucket of the distance from the cue, (cues, words).
            paragraph: how many paragraphs away, (cues, words).
            mask: 1 for words, (cues, words).
        """
        x = words * (1 + self.gate(cue)[:, None]) + cue[:, None]
        x = self.drop(self.norm(x + self.distance(distance) + self.paragraph(paragraph)))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * _NEVER
        for layer in self.layers:
            x = layer(x, bias)
        return self.label(x)


class Naming(nn.Module):
    """A layer for names alone, narrower than the stack's; its scores begin as nought."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = nn.Linear(WIDTH, NARROW)
        self.norm = Norm(NARROW, eps=1e-12)
        self.layer = RoleLayer(2 * NARROW)
        self.label = nn.Linear(NARROW, NAME_LABELS)
        nn.init.zeros_(self.label.weight)
        nn.init.zeros_(self.label.bias)

    def forward(self, seen: Tensor, mask: Tensor | None) -> Tensor:
        """Scores (batch, pieces, labels) to be added to those of the linear layer; `mask` is 1 for pieces."""
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(seen.dtype)) * _NEVER
        return self.label(self.layer(self.norm(self.narrow(seen)), bias))


class TaggerNetwork(nn.Module):
    """The stack and what is read off it.

    Args:
        dropout: share of the stack's outputs, and of the role network's inputs, that learning hides.
        inner: width of the stack's feed-forward nets.
        heads: heads of attention in each layer of the stack.
        roles: width of the role network's feed-forward net.
    """

    def __init__(
        self, dropout: float = 0.0, inner: int = INNER, heads: int = STACK_HEADS, roles: int = 4 * NARROW
    ) -> None:
        super().__init__()
        self.stack = Stack(tables=(SHAPES, STANDINGS), inner=inner, heads=heads)
        self.drop = nn.Dropout(dropout)
        self.cue = nn.Linear(WIDTH, CUE_LABELS)
        self.name = nn.Linear(WIDTH, NAME_LABELS)
        self.naming = Naming()
        self.aid = nn.Linear(WIDTH, 6)  # in training only: in, at the begin, at the end of any source, any content
        self.word = nn.Linear(WIDTH, NARROW)
        self.of_cue = nn.Linear(WIDTH, NARROW)
        self.roles = Roles(dropout, roles)
        self.cue_chain = Crf(1)
        self.role_chain = Crf(2)

    @classmethod
    def of(cls, state: Mapping[str, Tensor], dropout: float = 0.0) -> "TaggerNetwork":
        """The network with the weights of a checkpoint; a head that this lacks starts anew."""
        inner = len(state["stack.layers.0.up.bias"])
        heads = state["stack.layers.0.out.weight"].shape[1] // HEAD
        network = cls(dropout, inner, heads, len(state["roles.layers.0.up.bias"]))
        network.load_state_dict(state, strict=False)
        return network

    def encode(
        self, words: Tensor, mask: Tensor | None, shapes: Tensor, standing: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """For each piece: cue scores, its vectors as a word and as part of a cue, scores as a name, and of the aid."""
        return self.read(self.stack(words, mask, shapes, standing), mask)

    def read(self, seen: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What `encode` gives, of what the stack gave."""
        seen = self.drop(seen)
        names = self.name(seen) + self.naming(seen, mask)
        return self.cue(seen), self.word(seen), self.of_cue(seen), names, self.aid(seen)
