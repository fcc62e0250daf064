"""What one reader got out of one article: the finds, each with the words that it rests on."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Stance = Literal["for", "against"]
RoundFormat = Literal["direct", "mediated", "consultation"]
RoundStatus = Literal["planned", "held", "cancelled"]
OutcomeStatus = Literal["proposed", "agreed", "implemented", "rejected"]

PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
"""ISO 8601 with its precision: ``2025-06-02`` for a day, ``2025-05`` where only the month is known."""

Confidence = Annotated[float, Field(ge=0, le=1)]


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(Value):
    """A stretch of the article, word for word: ``text[start:end] == exact`` (offsets in code points)."""

    start: int = Field(ge=0)
    end: int
    exact: str = Field(min_length=1)

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.exact):
            raise ValueError("the quote is not as long as its offsets say")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The quote of ``text`` from ``start`` to ``end``."""
        return cls(start=start, end=end, exact=text[start:end])

    def stands_in(self, text: str) -> bool:
        """Whether the text says just this at these offsets."""
        return text[self.start : self.end] == self.exact


class Passage(Value):
    """A stretch of the text, by its offsets in code points."""

    start: int = Field(ge=0)
    end: int


class RoundFind(Value):
    """Talks that the article names; ``date`` is None where it leaves them undated."""

    date: PartialDate | None
    city: str | None = None
    ordinal: int | None = Field(default=None, ge=1)
    format: RoundFormat | None = None
    status: RoundStatus
    quote: Quote
    confidence: Confidence


class MemberFind(Value):
    """A person who sat in a delegation."""

    name: str
    office: str | None = None


class DelegationFind(Value):
    """Who sat for a party at the round of that date."""

    party: str
    round: PartialDate | None
    head: MemberFind | None
    size: int | None = Field(default=None, ge=1)
    members: tuple[MemberFind, ...] = ()
    quote: Quote
    confidence: Confidence


class DemandFind(Value):
    """One party's stance on one issue.

    ``round`` is the date of the round that the sentence, or else the article, speaks of; None where it names none.
    """

    party: str
    issue: str
    stance: Stance
    condition: str | None = None
    round: PartialDate | None = None
    quote: Quote
    confidence: Confidence


class OutcomeFind(Value):
    """What a round produced; ``quantity`` is the number on each side."""

    round: PartialDate | None
    kind: str
    status: OutcomeStatus
    quantity: int | None = Field(default=None, ge=1)
    quote: Quote
    confidence: Confidence


class Usage(Value):
    """What a language model took for one reading; ``price`` in the currency that the operator names."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    price: float = 0
    currency: str = ""
    estimated: bool = False
    """Whether the server did not count the tokens, so that they are estimated from the number of characters."""

    @property
    def tokens(self) -> int:
        """Tokens sent and answered."""
        return self.tokens_in + self.tokens_out


class Reading(Value):
    """What one reader got out of one article. Parties, issues and kinds are slugs of the process's vocabulary."""

    reader: str
    """Who read: the reader's name and version, such as ``rules 1``."""
    about_talks: bool
    process: str | None = None
    """The process whose slugs these are; None: that of the article."""
    published: date | None = None
    """The date of publication, as given or as found in the text."""
    passages: tuple[Passage, ...] = ()
    """What of the text belongs to the article; the rest is menus, captions and teasers of others."""
    rounds: tuple[RoundFind, ...] = ()
    delegations: tuple[DelegationFind, ...] = ()
    demands: tuple[DemandFind, ...] = ()
    outcomes: tuple[OutcomeFind, ...] = ()
    thrown_away: dict[str, int] = {}
    """Finds of a language model that are not kept, counted by what was wrong with them."""
    usage: Usage | None = None
