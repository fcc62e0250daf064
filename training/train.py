"""Train the learned reader: ``python -m training.train OUT.pt``."""

import argparse
import random
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from app.reading.learned.marked import MARKERS
from app.reading.learned.odds import FORMATS, PLANS, TIMES
from training.examples import BASE, Encoded, Example, asked, batches, encode, examples, swapped, tokenizer
from training.network import Network, pretrained
from training.passages import HERE, pieces, vocabulary

FORGET = 0.15
"""How often what was learned of an issue beyond its words is left aside, so that new issues can be asked about too."""


OFTEN = {"ru-ua-contrary": 3}
"""Files whose sentences count more than once: plain stances against what a side is known for."""


def held(paths: list[Path]) -> tuple[list[Example], list[Example]]:
    """The examples to learn from and those kept for measuring: every twelfth piece, by its own text."""
    learn: list[Example] = []
    keep: list[Example] = []
    for path in paths:
        for piece in pieces(path):
            chosen = zlib.crc32(piece.lines[0].text.encode()) % 12 == 0
            (keep if chosen else learn).extend(examples(piece) * OFTEN.get(path.stem, 1))
    return learn, keep


HIDE, VEIL, MIRROR = 0.1, 0.6, 0.5
"""How often a word and a side's name are masked while learning, and how often the two sides change places."""


def names(process: str, order: str = "12") -> tuple[list[str], list[str]]:
    """The names under which the network keeps what it learns of a process's issues and kinds of outcome.

    An issue that speaks of a side has a second name for when the sides change places; the others have not, lest the
    network learn which side is which. Kinds that several processes share are one.
    """
    known = vocabulary(process)
    issues = [
        f"{process}/{one.slug}{'~' if order == '21' and '[S' in text else ''}"
        for one, text in zip(known.issues, asked(process)[0], strict=True)
    ]
    return issues, [f"outcome/{one.slug}" for one in known.outcome_kinds]


def meanings(network: Network, words: Tokenizer, texts: list[str]) -> torch.Tensor:
    """A vector for each text, by the encoder as it is now."""
    found = [words.encode(text).ids for text in texts]
    ids = torch.zeros(len(found), 24, dtype=torch.long)
    for row, value in enumerate(found):
        ids[row, : len(value[:24])] = torch.tensor(value[:24])
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        return network.encoder.meaning(ids, (ids != 0).long())


class Trainer:
    """One run of learning."""

    def __init__(self, network: Network, words: Tokenizer, steps: int, rate: float) -> None:
        self.network, self.words = network, words
        named = list(network.named_parameters())
        base = [value for name, value in named if ".layers." in name]
        own = [value for name, value in named if ".layers." not in name and value.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [{"params": base, "lr": rate}, {"params": own, "lr": rate * 5}],
            weight_decay=0.01,
            betas=(0.9, 0.98),
            fused=True,
        )
        warm = max(1, steps // 12)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))
        )
        self.averaged = {name: value.detach().clone() for name, value in named if value.requires_grad}
        self.seen = 0
        self.base: dict[tuple[str, str, str], torch.Tensor] = {}

    def vectors(self, process: str, order: str = "12", *, forget: float = 0) -> tuple[torch.Tensor, torch.Tensor]:
        """The vectors of a process's issues and of its kinds of outcome."""
        found = []
        for texts, named in zip(asked(process), names(process, order), strict=True):
            if (process, order, named[0]) not in self.base:
                self.network.eval()
                self.base[process, order, named[0]] = meanings(
                    self.network, self.words, [swapped(text, order) for text in texts]
                )
                self.network.train()
            places = torch.tensor([self.network.known[name] for name in named])
            kept = (torch.rand(len(named), 1) >= forget).float()
            found.append(self.base[process, order, named[0]] + self.network.learned(places) * kept)
        return found[0], found[1]

    def loss(self, batch: Encoded, process: str, order: str) -> torch.Tensor:
        asked = (batch.parties, batch.days, batch.people, *self.vectors(process, order, forget=FORGET))
        stances, statuses, told, seats, whose = self.network(batch.ids, batch.segments, batch.mask, *asked)
        times, formats, plans = told.split((len(TIMES), len(FORMATS), len(PLANS)), -1)
        pairs = (
            (stances, batch.stances),
            (statuses, batch.statuses),
            *zip((times, formats, plans), batch.told.unbind(-1), strict=True),
            *zip((seats, whose), batch.seats.unbind(-1), strict=True),
        )
        losses = (
            cross_entropy(logits.float().flatten(0, -2), labels.flatten(), ignore_index=-100, reduction="sum")
            for logits, labels in pairs
        )
        return sum(losses, torch.zeros(())) / batch.ids.shape[0]

    def step(self, batch: list[Example]) -> float:
        order = "21" if random.random() < MIRROR else "12"
        encoded = encode(batch, self.words, order, drop=0.05, hide=HIDE, veil=VEIL)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = self.loss(encoded, batch[0].process, order)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.seen += 1
        if self.seen % 5 == 0:
            decay = min(0.98, self.seen / (self.seen + 100))
            for name, value in self.network.named_parameters():
                if value.requires_grad:
                    self.averaged[name].lerp_(value.detach(), 1 - decay)
        return float(loss.detach())


def measure(trainer: Trainer, keep: list[Example]) -> str:
    """F1 of stances, outcomes, rounds and seats on examples kept apart, sentence by sentence, at some thresholds."""
    network, levels = trainer.network, (0.3, 0.4, 0.5, 0.6)
    network.eval()
    counts = {(kind, at): [0, 0, 0] for kind in ("stances", "outcomes", "rounds", "seats") for at in levels}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(keep, 32):
            encoded = encode(batch, trainer.words)
            vectors = trainer.vectors(batch[0].process)
            network.eval()
            asked = (encoded.parties, encoded.days, encoded.people, *vectors)
            stances, statuses, told, seats, _ = network(encoded.ids, encoded.segments, encoded.mask, *asked)
            for kind, logits, labels in (
                ("stances", stances, encoded.stances),
                ("outcomes", statuses, encoded.statuses),
                ("rounds", told[..., : len(TIMES)], encoded.told[..., 0]),
                ("seats", seats, encoded.seats[..., 0]),
            ):
                best, which = logits.float().softmax(-1)[..., 1:].max(-1)
                gold = labels.clamp(min=0)
                for at in levels:
                    told = torch.where((best >= at) & (labels != -100), which + 1, 0)
                    right = int(((told == gold) & (gold > 0)).sum())
                    for slot, value in enumerate((right, int((gold > 0).sum()) - right, int((told > 0).sum()) - right)):
                        counts[kind, at][slot] += value
    network.train()
    return " ".join(f"{kind}@{at}={2 * r / max(1, 2 * r + m + w):.3f}" for (kind, at), (r, m, w) in counts.items())


def resume(network: Network, held: dict[str, Any]) -> None:
    """Take over weights; an issue's mirrored name that is new begins as the issue's own."""
    rows = held["weights"].pop("learned.weight")
    markers = held["weights"].pop("encoder.markers.weight")
    network.encoder.markers.weight.data[: len(markers)] = markers
    network.load_state_dict(held["weights"], strict=False)
    before = {name: rows[place] for place, name in enumerate(held["known"])}
    for name, place in network.known.items():
        if (row := before.get(name, before.get(name.removesuffix("~")))) is not None:
            network.learned.weight.data[place] = row


def main() -> int:
    """Train, print how it goes, and keep the averaged weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=Path, help="weights to go on from, instead of the base model's")
    parser.add_argument("--all", action="store_true", help="learn from every piece, keep none apart")
    args = parser.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    words = tokenizer()
    learn, keep = held(sorted((HERE / "passages").glob("*.txt")))
    if args.all:
        learn = [*learn, *keep]
    processes = dict.fromkeys(one.process for one in learn)
    known = dict.fromkeys(
        name for process in processes for order in ("12", "21") for group in names(process, order) for name in group
    )
    network = pretrained(BASE, words.get_vocab_size(), len(MARKERS), list(known))
    if args.start:
        resume(network, torch.load(args.start))
    network.train()
    per = len(batches(learn, args.size))
    trainer = Trainer(network, words, per * args.epochs, args.rate)
    print(f"{len(learn)} to learn from, {len(keep)} kept apart, {per} steps an epoch", flush=True)
    began = time.monotonic()
    for epoch in range(args.epochs):
        trainer.base.clear()
        losses = [trainer.step(batch) for batch in batches(learn, args.size)]
        shown = measure(trainer, keep)
        print(
            f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.monotonic() - began:.0f} s  {shown}",
            flush=True,
        )
    network.load_state_dict(trainer.averaged, strict=False)
    trainer.base.clear()
    print("averaged:", measure(trainer, keep))
    vectors = {
        name: row
        for process in processes
        for named, rows in zip(names(process), trainer.vectors(process), strict=True)
        for name, row in zip(named, rows.detach(), strict=True)
    }
    torch.save({"weights": network.state_dict(), "known": list(known), "vectors": vectors}, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
