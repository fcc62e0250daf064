"""A reading in the form of the annotation guide, made by hand or by a machine: plain slugs, quotes as text."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Kind = Literal["rounds", "delegations", "demands", "outcomes"]
KINDS: tuple[Kind, ...] = ("rounds", "delegations", "demands", "outcomes")


def _listed(value: Any) -> Any:
    return () if value is None else value


class Annotation(BaseModel):
    """What an annotation of any kind may carry; fields that evaluation does not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    confidence: float | None = None
    """How sure a machine was; a person gives none."""


class AnnotatedRound(Annotation):
    """Talks that the article names."""

    date: str | None = None
    city: str | None = None
    status: str | None = None


class AnnotatedDelegation(Annotation):
    """Who led a party's delegation."""

    party: str
    round: str | None = None
    head: str | None = None


class AnnotatedDemand(Annotation):
    """One party's stance on one issue."""

    party: str
    issue: str
    stance: Literal["for", "against"]
    quote: str | None = None


class AnnotatedOutcome(Annotation):
    """What a round produced."""

    round: str | None = None
    kind: str
    status: Literal["proposed", "agreed", "implemented", "rejected"]
    quantity: int | None = None
    quote: str | None = None


class AnnotatedReading(BaseModel):
    """All that one reader, a person or a machine, got out of one article."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    reader: str | None = None
    about_talks: bool = True
    rounds: Annotated[tuple[AnnotatedRound, ...], BeforeValidator(_listed)] = ()
    delegations: Annotated[tuple[AnnotatedDelegation, ...], BeforeValidator(_listed)] = ()
    demands: Annotated[tuple[AnnotatedDemand, ...], BeforeValidator(_listed)] = ()
    outcomes: Annotated[tuple[AnnotatedOutcome, ...], BeforeValidator(_listed)] = ()

    def of(self, kind: Kind) -> tuple[Annotation, ...]:
        """The annotations of one kind."""
        found: tuple[Annotation, ...] = getattr(self, kind)
        return found
