"""One article's reading becomes part of the record: idempotent, in the caller's transaction."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence.article import Article
from app.intake.link.notebook import Notebook
from app.intake.link.rounds import link_round, round_on
from app.intake.link.seats import seating
from app.intake.link.settle import settle
from app.intake.link.withdraw import withdraw_the_rest
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.process import Process
from app.negotiations.round import Round
from app.reading.reading import DelegationFind, DemandFind, OutcomeFind, Reading, RoundFind


def link(session: Session, article_id: int, reading: Reading) -> None:
    """Turn a reading's finds into records, or into citations of records that are there.

    Two articles of one process are linked one after the other. Finds that name a party, issue or kind which
    the vocabulary does not know stay in the kept reading alone.
    """
    article = session.get_one(Article, article_id)
    session.scalar(select(Process.id).where(Process.id == article.process_id).with_for_update())
    notebook = Notebook(session, article.process_id, article.id, article.text, article.published_on, reading.reader)
    if article.published_on is None and reading.published is not None:
        article.published_on = notebook.published_on = reading.published
        found = {"published_on": reading.published.isoformat()}
        notebook.revise("article", article, {"published_on": None}, found)
    for round_find in sorted(reading.rounds, key=_precision, reverse=True):
        notebook.rounds[round_find.date] = link_round(notebook, round_find)
    for delegation_find in reading.delegations:
        _link_delegation(notebook, delegation_find)
    for demand_find in reading.demands:
        _link_demand(notebook, demand_find)
    for outcome_find in reading.outcomes:
        _link_outcome(notebook, outcome_find)
    withdraw_the_rest(notebook)


def _precision(find: RoundFind) -> int:
    """Rounds known to the day come first, so that a mention of their month finds them."""
    return len(find.date or "")


def _link_delegation(notebook: Notebook, find: DelegationFind) -> None:
    """A delegation belongs to a round: one whose round nobody names stays in the kept reading alone."""
    party_id = notebook.parties.get(find.party)
    round_ = round_on(notebook, find.round)
    if party_id is None or round_ is None:
        return
    key = {"round_id": round_.id, "party_id": party_id}
    delegation = notebook.session.scalars(select(Delegation).filter_by(**key)).one_or_none()
    if delegation is None:
        delegation = Delegation(process_id=notebook.process_id, **key)
        notebook.add("delegation", delegation)
    notebook.cite("delegation", delegation.id, find.quote, find.confidence, seating(find))
    settle(notebook, "delegation", delegation)


def _link_demand(notebook: Notebook, find: DemandFind) -> None:
    party_id, issue_id = notebook.parties.get(find.party), notebook.issues.get(find.issue)
    if party_id is None or issue_id is None:
        return
    key = {"party_id": party_id, "issue_id": issue_id, "stance": find.stance}
    round_ = round_on(notebook, find.round)
    demand = notebook.session.scalars(select(Demand).filter_by(**key, **_place(notebook, round_))).one_or_none()
    if demand is None:
        demand = Demand(process_id=notebook.process_id, **key, **_place(notebook, round_), **_day(round_))
        notebook.add("demand", demand)
    notebook.cite("demand", demand.id, find.quote, find.confidence, {"condition": find.condition})
    settle(notebook, "demand", demand)


def _link_outcome(notebook: Notebook, find: OutcomeFind) -> None:
    kind_id = notebook.outcome_kinds.get(find.kind)
    if kind_id is None:
        return
    round_ = round_on(notebook, find.round)
    key = {"kind_id": kind_id, **_place(notebook, round_)}
    outcome = notebook.session.scalars(select(Outcome).filter_by(**key)).one_or_none()
    if outcome is None:
        outcome = Outcome(process_id=notebook.process_id, status=find.status, **key, **_day(round_))
        notebook.add("outcome", outcome)
    says = {"status": find.status, "quantity": find.quantity}
    notebook.cite("outcome", outcome.id, find.quote, find.confidence, says)
    settle(notebook, "outcome", outcome)


def _place(notebook: Notebook, round_: Round | None) -> dict[str, Any]:
    """Where a demand or outcome stands: at its round, or else by the date of its article."""
    if round_ is None:
        return {"round_id": None, "dated_on": notebook.published_on}
    return {"round_id": round_.id}


def _day(round_: Round | None) -> dict[str, Any]:
    """What stands at a round carries its day."""
    return {"dated_on": round_.starts_on} if round_ else {}
