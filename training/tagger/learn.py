"""Trains the tagger.

    PYTHONPATH=src python -m training.tagger.learn --data ../shared/data --out build/tagger
    PYTHONPATH=src python -m training.tagger.learn --data ../shared/data --out build/tagger-gum --corpus gum

The second leaves out PolNeAR, which states no licence. Two cores with bf16 need about 7 minutes an epoch. Set
MALLOC_MMAP_THRESHOLD_, MALLOC_TRIM_THRESHOLD_ and MALLOC_TOP_PAD_ high, or memory is given back and asked for at each
step.
Writes a checkpoint of the averaged weights after each epoch; `training.tagger.ship` makes the shipped files of one.
"""

import argparse
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quoth.models.session import NO_SHAPE, UNKNOWN, Vocabulary, padded
from quoth.models.tagger import distances, paragraphs_from
from training.recogniser.data import IGNORE, Sentence, name_lists
from training.stack import Average, Words, products, quiet
from training.tagger.corpus import Labelled, labelled, read_records, read_releases, restyled
from training.tagger.forms import made
from training.tagger.frames import with_roles
from training.tagger.labels import runs, write
from training.tagger.names import Teachers, named, read_paragraphs
from training.tagger.network import TaggerNetwork

#: The vocabulary's piece for a hidden one.
MASK = 103
#: Lengths are rounded up to this: each new shape of a matrix costs the library a new plan.
ROUND = 16
CHAIN_RATE = 5e-3
#: Share of the batches with statements to which the teachers show names, too.
TAUGHT = 0.3
#: Press releases that are drawn from.
POOL = 6000
Batch = dict[str, Tensor]


def collate(batch: list[Labelled], rng: random.Random, jitter: float, most: int) -> Batch:
    """Windows as arrays, and a row for each of at most `most` cues; a share `jitter` of the cues is a word off."""
    windows = [one.window for one in batch]
    words = _rounded(padded([window.first for window in windows])[0])
    count = words.shape[1]
    numbers = {
        "ids": _rounded(padded([window.ids for window in windows])[0]),
        "mask": _rounded(padded([window.ids for window in windows])[1]),
        "shapes": _rounded(padded([window.shapes for window in windows], NO_SHAPE)[0], NO_SHAPE),
        "standing": _rounded(padded([window.standing for window in windows])[0]),
        "first": words,
        "words": _rounded(padded([window.first for window in windows])[1]),
        "cues": np.zeros((len(batch), count), dtype=np.int64),
        "names": np.full((len(batch), count), IGNORE, dtype=np.int64),
    }
    aid = np.zeros((len(batch), count, 6), dtype=np.float32)
    rows: list[tuple[int, np.ndarray, np.ndarray, np.ndarray, np.ndarray]] = []
    for index, one in enumerate(batch):
        size = len(one.window.first)
        if one.names is not None:
            numbers["names"][index, :size] = one.names
        write(numbers["cues"][index], [run for s in one.statements for run in runs(s["cue"])], 1)
        for statement in one.statements:
            labels = np.zeros(count, dtype=np.int64)
            for base, role in enumerate(("source", "content")):
                write(labels, runs(statement[role]), 1 + 4 * base)
                for low, high in runs(statement[role]):
                    aid[index, low : high + 1, 3 * base] = 1
                    aid[index, low, 3 * base + 1] = aid[index, high, 3 * base + 2] = 1
            low, high = statement["cue"][0], statement["cue"][-1]
            if rng.random() < jitter:
                low = min(max(0, low + rng.choice((-1, 0, 1))), size - 1)
                high = min(size - 1, max(low, high + rng.choice((-1, 0, 1))))
            mean = np.zeros(count, dtype=np.float32)
            mean[low : high + 1] = 1 / (high + 1 - low)
            far, steps = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
            far[:size] = distances(size, low, high)
            steps[:size] = paragraphs_from(one.window.paragraph, low)
            rows.append((index, mean, labels, far, steps))
    kept = min(most, len(rows) // 8 * 8) if len(rows) > 8 else len(rows)
    rows = rng.sample(rows, kept)
    made = {name: torch.from_numpy(value) for name, value in numbers.items()} | {"aid": torch.from_numpy(aid)}
    if rows:
        names = ("row", "cue", "labels", "distance", "paragraph")
        columns = zip(*rows, strict=True)
        made |= {name: torch.from_numpy(np.stack(column)) for name, column in zip(names, columns, strict=True)}
    return made


def _rounded(values: np.ndarray, fill: int = 0) -> np.ndarray:
    return np.pad(values, ((0, 0), (0, -values.shape[1] % ROUND)), constant_values=fill)


def unlikeness(ours: Sequence[Tensor], theirs: Sequence[Tensor], mask: Tensor) -> Tensor:
    """How far the layers' vectors are from those of another stack, as a share of these' square, summed over layers."""
    kept = mask[:, :, None].float()
    shares = [
        ((one.float() - other.float()).square() * kept).sum() / (other.float().square() * kept).sum()
        for one, other in zip(ours, theirs, strict=True)
    ]
    return torch.stack(shares).sum()


def compared(network: TaggerNetwork, model: TaggerNetwork | None, vectors: Tensor, b: Batch) -> tuple[Tensor, Tensor]:
    """What a network's stack gives of word vectors of the batch, and its unlikeness to that of the model, if any."""
    given = (vectors, b["mask"], b["shapes"], b["standing"])
    with products():
        layers = network.stack.by_layer(*given)
        if model is None:
            return layers[-1], torch.zeros(())
        with torch.no_grad():
            theirs = model.stack.by_layer(*given)
        return layers[-1], unlikeness(layers, theirs, b["mask"])


def losses(
    network: TaggerNetwork, seen: Tensor, b: Batch, taught: Tensor | None, *, told: bool
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Loss of cues for each window, of roles for each cue, of the aid for each word, and of names for each window.

    Args:
        network: what learns.
        seen: what its stack gave of the batch.
        b: the batch.
        taught: what the teachers see in each piece (windows, pieces, labels).
        told: whether the batch's statements are known; otherwise only names are learned from it.
    """
    mask = b["words"].float()
    cue_loss = roles_loss = aid_loss = names_loss = torch.zeros(())
    with products():
        at = b["first"][:, :, None]
        cue, word, of_cue, name, aid = (
            x.gather(1, at.expand(-1, -1, x.shape[2])) for x in network.read(seen, b["mask"])
        )
        if told and "row" in b:
            row = b["row"]
            vector = (b["cue"][:, None].to(of_cue.dtype) @ of_cue[row])[:, 0]
            roles = network.roles(word[row], vector, b["distance"], b["paragraph"], mask[row])
            roles_loss = network.role_chain.loss(roles, b["labels"], mask[row]).mean()
    if told:
        cue_loss = network.cue_chain.loss(cue, b["cues"], mask).mean()
        aids = functional.binary_cross_entropy_with_logits(aid.float(), b["aid"], reduction="none").sum(2)
        aid_loss = (aids * mask).sum() / mask.sum()
    shares = name.float().log_softmax(-1)
    if taught is not None:
        wanted = taught.gather(1, at.expand(-1, -1, taught.shape[2]))
        names_loss = names_loss - ((wanted * shares).sum(2) * mask).sum() / len(mask)
    if (b["names"] != IGNORE).any():
        names_loss = names_loss + functional.nll_loss(
            shares.flatten(0, 1), b["names"].flatten(), ignore_index=IGNORE, reduction="sum"
        ) / len(mask)
    return cue_loss, roles_loss, aid_loss, names_loss


@dataclass(frozen=True)
class Corpus:
    """What is learned from.

    Attributes:
        records: documents with their statements.
        web: documents with their names, paragraph by paragraph.
        plain: texts of which only the teachers say what names they hold.
        releases: the same, many: an epoch takes a few of them.
        names: names of each kind, to put in the place of others.
    """

    records: list[dict]
    web: list[list[Sentence]]
    plain: list[str]
    releases: list[str]
    names: dict[str, list[str]]


def epoch_of(
    corpus: Corpus, vocabulary: Vocabulary, options: argparse.Namespace, rng: random.Random
) -> list[list[Labelled]]:
    """The windows of all documents, cut and styled afresh, in batches of one sort and of like length."""
    cut = []
    told = rng.sample(corpus.records, round(options.portion * len(corpus.records)))
    for record in [*told, *(made(rng) for _ in range(options.forms))]:
        text = restyled(record["text"], rng) if rng.random() < options.restyled else record["text"]
        limit = rng.choice((options.limit, options.limit, options.limit - 40))
        cut += labelled(vocabulary, text, record["attributions"], limit, limit - rng.randrange(0, options.limit // 2))
    other = list(named(vocabulary, corpus.web, corpus.names, rng, options.limit, options.renamed))
    few = rng.sample(corpus.releases, min(options.releases, len(corpus.releases)))
    for text in (*corpus.plain, *few):
        plain = labelled(vocabulary, text, (), options.limit, options.limit - rng.randrange(0, options.limit // 2))
        other += [replace(one, told=False) for one in plain]
    found = []
    for windows in (cut, other):
        rng.shuffle(windows)
        for low in range(0, len(windows), options.batch * 20):
            part = sorted(windows[low : low + options.batch * 20], key=lambda one: len(one.window.ids))
            found += [part[k : k + options.batch] for k in range(0, len(part), options.batch)]
    rng.shuffle(found)
    return found


def optimiser_of(network: TaggerNetwork, options: argparse.Namespace) -> torch.optim.Optimizer:
    """One with a rate for the stack, one for its heads and one for the chains."""
    chains = [*network.cue_chain.parameters(), *network.role_chain.parameters()]
    heads = [p for name, p in network.named_parameters() if not name.startswith("stack.") and "_chain." not in name]
    groups = (
        (list(network.stack.parameters()), options.rate, 0.01),
        (heads, options.head_rate, 0.01),
        (chains, CHAIN_RATE, 0.0),
    )
    return torch.optim.AdamW(
        [{"params": params, "lr": rate, "weight_decay": decay} for params, rate, decay in groups], betas=(0.9, 0.98)
    )


def learn(corpus: Corpus, options: argparse.Namespace) -> None:
    """Trains and writes checkpoints."""
    rng = random.Random(options.seed)
    vocabulary = Vocabulary()
    words = Words()
    if options.start:
        network = TaggerNetwork.of(torch.load(options.start), options.dropout)
    else:
        network = TaggerNetwork(options.dropout)
        network.stack.load_base()
    model = TaggerNetwork.of(torch.load(options.like)).eval() if options.like else None
    teachers = Teachers(options.teachers, vocabulary, options.threads) if options.teachers else None
    optimiser = optimiser_of(network, options)
    rates = [group["lr"] for group in optimiser.param_groups]
    average = Average(network, options.decay)
    step, total, began = 0, 0, time.time()
    for epoch in range(options.epochs):
        todo = epoch_of(corpus, vocabulary, options, rng)
        total = total or len(todo) * options.epochs
        network.train()
        shown = np.zeros(5)
        for number, batch in enumerate(todo, 1):
            part = step / total if not options.minutes else (time.time() - began) / 60 / options.minutes
            if part >= 1:
                break
            scale = part / options.warm if part < options.warm else (1 - part) / (1 - options.warm)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * scale
            b = collate(batch, rng, options.jitter, options.most)
            only_like = model is not None and time.time() - began < 60 * options.alike
            taught = None
            if teachers is not None and not only_like and (not batch[0].told or rng.random() < TAUGHT):
                taught = torch.from_numpy(teachers.chances(*(b[n].numpy() for n in ("ids", "mask", "shapes"))))
            hidden = (torch.rand(b["ids"].shape) < options.hidden) & (b["ids"] > UNKNOWN + 3)
            vectors = words(torch.where(hidden, MASK, b["ids"]))
            seen, unlike = compared(network, model, vectors, b)
            cue = roles = aid = names = torch.zeros(())
            if not only_like:
                cue, roles, aid, names = losses(network, seen, b, taught, told=batch[0].told)
            optimiser.zero_grad(set_to_none=True)
            (cue + 1.5 * roles + 5 * aid + options.names * names + options.likeness * unlike).backward()
            norm = torch.nn.utils.clip_grad_norm_(network.parameters(), options.clip)
            if math.isfinite(norm.item()):
                optimiser.step()
            average.update(network)
            step += 1
            shown += [cue.item(), roles.item(), aid.item(), names.item(), unlike.item()]
            if number % 50 == 0:
                print(f"{epoch} {number}/{len(todo)} {time.time() - began:.0f} s", (shown / 50).round(3), flush=True)
                shown[:] = 0
        torch.save(average.state, options.out / f"epoch{epoch}.pt")
        if options.minutes and time.time() - began > 60 * options.minutes:
            break


def main() -> None:
    """Reads the corpus and trains."""
    options = parse()
    quiet(options.threads, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    records: list[dict] = []
    if "polnear" in options.corpus:
        records += read_records(options.data / "polnear" / "train.jsonl")
    if "gum" in options.corpus:
        kept = read_records(options.data / "gum" / "attributions_train.jsonl")
        records += [with_roles(record) for record in kept if "NC" not in record["licence"]]
    web = read_paragraphs(options.data / "ner" / "train.jsonl")
    plain: list[str] = []
    if options.teachers:
        kept = read_records(options.data / "gum" / "attributions_train.jsonl")
        plain = [record["text"] for record in kept if "NC" not in record["licence"]]
    releases = read_releases(options.data / "archive" / "senate.jsonl.xz", POOL) if options.releases else []
    learn(Corpus(records, web, plain, releases, name_lists(web, options.found)), options)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--corpus", nargs="+", choices=("polnear", "gum"), default=["polnear"])
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoints")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="recognisers (ONNX) that show names")
    parser.add_argument("--releases", type=int, default=0, help="press releases in an epoch, for the teachers")
    parser.add_argument("--like", type=Path, help="checkpoint of a wider network, whose layers are to be matched")
    parser.add_argument("--likeness", type=float, default=1.0, help="weight of the unlikeness to it")
    parser.add_argument("--alike", type=float, default=0.0, help="minutes in which nothing else is learned")
    parser.add_argument("--portion", type=float, default=1.0, help="share of the documents with statements in an epoch")
    parser.add_argument("--forms", type=int, default=0, help="texts of our own in an epoch, with rare forms of speech")
    parser.add_argument("--found", type=Path, help="names to put in the place of others (training.recogniser.harvest)")
    parser.add_argument("--renamed", type=float, default=0.25, help="share of the names that others take the place of")
    parser.add_argument("--names", type=float, default=0.5, help="weight of the loss of names")
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--minutes", type=float, help="let the rates fall by the clock, and stop by it")
    parser.add_argument("--limit", type=int, default=190, help="pieces of a window")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--most", type=int, default=72, help="cues of a batch at most")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--warm", type=float, default=0.06)
    parser.add_argument("--decay", type=float, default=0.998, help="of the moving average")
    parser.add_argument("--clip", type=float, default=20.0)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--hidden", type=float, default=0.05, help="share of hidden pieces")
    parser.add_argument("--jitter", type=float, default=0.1, help="share of cues that are a word off")
    parser.add_argument("--restyled", type=float, default=0.25, help="share of documents with other quotation marks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
