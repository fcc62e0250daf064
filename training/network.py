"""The learned reader's network: a small BERT reads a sentence in its context; heads ask it about each party and issue.

The state of a party's marker says what the party wants; an issue is a vector, made of its proposition and of what was
learned about it. Both together, and what the issue's vector finds in the sentence, give for, against or neither. Kinds
of outcome are asked for in the same way, without a party.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

from app.reading.learned.odds import FORMATS, PARTS, PLANS, TIMES

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
STANCES = ("none", "for", "against")
STATUSES = ("none", "proposed", "agreed", "implemented", "rejected")
FAR = -1e4


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm, self.last = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """States (N, L, width) that look at each other; ``bias`` (N, 1, 1, L) hides padding."""

        def heads(one: Tensor) -> Tensor:
            return one.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)

        near = heads(self.query(hidden)) @ heads(self.key(hidden)).transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        seen = (near + bias).softmax(-1) @ heads(self.value(hidden))
        hidden = self.norm(hidden + self.drop(self.output(seen.transpose(1, 2).flatten(2))))
        return self.last(hidden + self.drop(self.narrow(gelu(self.widen(hidden)))))


class Encoder(nn.Module):
    """Words to states."""

    def __init__(self, tokens: int, markers: int) -> None:
        super().__init__()
        self.markers = nn.Embedding(markers + 2, WIDTH)
        self.words, self.places = nn.Embedding(tokens, WIDTH), nn.Embedding(512, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """(N, L, width)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        marks = self.markers(torch.where(ids < self.markers.num_embeddings, ids, 0))
        hidden = self.drop(self.norm(self.words(ids) + marks + self.places(places) + self.segments(segments)))
        bias = ((1 - mask.to(hidden.dtype)) * FAR)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden

    def meaning(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector a text, (N, width): the mean of its states."""
        weights = mask.unsqueeze(-1).float()
        return (self(ids, torch.zeros_like(ids), mask).float() * weights).sum(1) / weights.sum(1)


class Heads(nn.Module):
    """What is asked of a passage's states."""

    def __init__(self) -> None:
        super().__init__()
        self.issue, self.kind = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.look, self.show = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wants = nn.Linear(WIDTH, 2 * WIDTH)
        self.holder, self.found, self.about = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.stance, self.status = nn.Linear(WIDTH, len(STANCES)), nn.Linear(WIDTH, len(STATUSES))
        self.came = nn.Linear(WIDTH, (len(STATUSES) - 1) * WIDTH)
        self.whole, self.part, self.sort = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.around, self.day = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.told = nn.Linear(WIDTH, len(TIMES) + len(FORMATS) + len(PLANS))
        self.person, self.seat = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 1 + len(PARTS))
        self.whose, self.sent = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        with torch.no_grad():
            for head in (self.stance, self.status):
                head.weight.mul_(0.3)
                head.bias.zero_()
                head.bias[0] = 3.0

    def forward(
        self, states: Tensor, mask: Tensor, marks: Tensor, days: Tensor, people: Tensor, issues: Tensor, kinds: Tensor
    ) -> tuple[Tensor, ...]:
        """Logits of stances (B, P, Q, 3), of statuses (B, K, 5), of what each date places: times, formats and plans
        (B, D, 3 + 3 + 3), of each person's seat (B, N, 3) and of whose it is (B, N, P).

        ``states`` (B, L, width), ``mask`` (B, L), ``marks`` (B, P, L) 1 at a party's markers, ``days`` (B, D, L) at the
        passage's first word and then at each date's marker, ``people`` (B, N, L) at each person's, ``issues``
        (Q, width) and ``kinds`` (K, width) their vectors.
        """
        asked, sought = self.issue(issues), self.kind(kinds)
        marks = marks.to(states.dtype)
        holders = marks @ states / marks.sum(-1, keepdim=True).clamp(min=1)
        bias = ((1 - mask.to(states.dtype)) * FAR).unsqueeze(1)
        shown = self.show(states)

        def seen(vectors: Tensor) -> Tensor:
            near = self.look(vectors) @ shown.transpose(1, 2) / WIDTH**0.5 * 4
            return (near + bias).softmax(-1) @ states

        wants = self.wants(holders).unflatten(-1, (2, WIDTH)) @ asked.T / WIDTH**0.5
        pairs = gelu(
            self.holder(holders).unsqueeze(2) + self.found(seen(asked)).unsqueeze(1) + self.about(asked)[None, None]
        )
        stances = self.stance(pairs)
        stances = torch.cat((stances[..., :1], stances[..., 1:] + wants.transpose(-1, -2)), -1)
        first = states[:, 0]
        came = self.came(first).unflatten(-1, (len(STATUSES) - 1, WIDTH)) @ sought.T / WIDTH**0.5
        statuses = self.status(gelu(self.whole(first).unsqueeze(1) + self.part(seen(sought)) + self.sort(sought)[None]))
        statuses = torch.cat((statuses[..., :1], statuses[..., 1:] + came.transpose(-1, -2)), -1)
        dates, named = (marked.to(states.dtype) @ states for marked in (days, people))
        told = self.told(gelu(self.around(first).unsqueeze(1) + self.day(dates)))
        seats = self.seat(gelu(self.person(named)))
        whose = self.whose(named) @ self.sent(holders).transpose(1, 2) / WIDTH**0.5
        nobody = (marks.sum(-1) == 0).to(states.dtype).unsqueeze(1) * FAR
        return stances, statuses, told, seats, whose + nobody


class Network(nn.Module):
    """Encoder and heads, and what was learned of each issue and kind beyond its words."""

    def __init__(self, tokens: int, markers: int, known: list[str]) -> None:
        super().__init__()
        self.encoder, self.heads = Encoder(tokens, markers), Heads()
        self.known = {name: place for place, name in enumerate(known)}
        self.learned = nn.Embedding(len(known), WIDTH)
        nn.init.zeros_(self.learned.weight)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor, *asked: Tensor) -> tuple[Tensor, ...]:
        """As ``Heads``, from tokens."""
        return self.heads(self.encoder(ids, segments, mask), mask, *asked)


def pretrained(folder: Path, tokens: int, markers: int, known: list[str]) -> Network:
    """The network with a BERT's weights from ``folder``'s ``model.safetensors``; what is not BERT's starts anew."""
    held = load_file(folder / "model.safetensors")
    network = Network(tokens, markers, known)
    encoder = network.encoder
    encoder.words.weight.requires_grad = False  # what words mean in general stays; the markers' meaning is learned
    torch.nn.init.normal_(encoder.markers.weight, std=0.03)
    encoder.words.weight.data = held["embeddings.word_embeddings.weight"]
    encoder.places.weight.data = held["embeddings.position_embeddings.weight"]
    encoder.segments.weight.data = held["embeddings.token_type_embeddings.weight"]
    encoder.norm.weight.data, encoder.norm.bias.data = (
        held["embeddings.LayerNorm.weight"],
        held["embeddings.LayerNorm.bias"],
    )
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "output": "attention.output.dense", "norm": "attention.output.LayerNorm", "widen": "intermediate.dense",
        "narrow": "output.dense", "last": "output.LayerNorm",
    }  # fmt: skip
    for number, layer in enumerate(encoder.layers):
        for own, name in names.items():
            part = getattr(layer, own)
            part.weight.data = held[f"encoder.layer.{number}.{name}.weight"]
            part.bias.data = held[f"encoder.layer.{number}.{name}.bias"]
    return network
