"""Known talks of the made-up negotiation: every number that the tests expect can be counted here by hand.

Four rounds: the Old Mill (2029), Lakeside in May and in June 2031, one planned for September. Shown are twelve
demands, two outcomes and two delegations; one demand and one outcome are rejected. Each citation is an article
of its own.
"""

from datetime import date
from itertools import count

from sqlalchemy import Engine

from app.database import writing
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.round import FormerSlug, Round
from tests.factories import World

MILL, MAY, JUNE = date(2029, 3, 4), date(2031, 5, 16), date(2031, 6, 2)
AFTER = date(2031, 6, 10)
OUTLETS = ("The Harbour Post", "Valley Gazette", "Northern Wire")


class Talks:
    """The talks in a database; ``demands`` holds the ids of the demands by a name of their own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.numbers = count(1)
        self.demands: dict[str, int] = {}
        self.mill = self._round(MILL, "Old Mill", standing="confirmed")
        self.may = self._round(MAY, "Lakeside", ordinal=1)
        self.june = self._round(JUNE, "Lakeside", ordinal=2)
        self.ahead = self._round(date(2031, 9, 1), "Lakeside", precision="month", status="planned", slug="2031-09")
        self._former_slug()
        self._demands()
        self._outcomes()
        self._delegations()

    def tell(self, record: Round | Delegation | Demand | Outcome, sentence: str, **says: object) -> None:
        """One more article, which rests the record on this sentence."""
        number = next(self.numbers)
        text = f"Report {number}. {sentence} So ends the report."
        outlet = OUTLETS[number % len(OUTLETS)]
        article = self.world.article(text, title=f"Report {number}", source=outlet, published_on=AFTER)
        self.world.cite(record, article, sentence, dict(says))

    def _round(self, day: date, city: str, **values: object) -> Round:
        held = self.world.round(day, city, format="direct", **values)
        self.tell(held, f"Envoys meet in {city}.", date=day.isoformat(), city=city, ordinal=values.get("ordinal"))
        return held

    def _former_slug(self) -> None:
        former = FormerSlug(process_id=self.world.process.id, slug="2031-06-lakeside", round_id=self.june.id)
        self.world.session.add(former)
        self.tell(self.june, "It is the third meeting.", ordinal=3)

    def _demand(
        self, name: str, party: str, issue: str, stance: str, at: Round | date, articles: int = 1, **values: object
    ) -> None:
        demand = self.world.demand(party, issue, stance, at, **values)
        self.demands[name] = demand.id
        for number in range(articles):
            self.tell(demand, f"{party.capitalize()} is {stance} the {issue}, says source {number}.")

    def _demands(self) -> None:
        self._demand("truce at the mill", "arvenia", "truce", "for", self.mill, standing="confirmed")
        self._demand("truce refused", "beldor", "truce", "against", self.may, 2)
        self._demand("truce in May", "arvenia", "truce", "for", self.may)
        self._demand("truce in June", "arvenia", "truce", "for", self.june, 2)
        self._demand("truce on terms", "beldor", "truce", "for", self.june, condition="=after arms are laid down")
        self._demand("valley claimed", "beldor", "valley", "for", self.may)
        self._demand("valley refused", "arvenia", "valley", "against", self.june)
        self._demand("captives of Arvenia", "arvenia", "captives", "for", self.june)
        self._demand("captives of Beldor", "beldor", "captives", "for", self.june)
        self._demand("call from Corvan", "corvan", "truce", "for", AFTER)
        self._demand("summit wanted", "arvenia", "summit", "for", self.june)
        self._demand("summit refused", "arvenia", "summit", "against", self.june)
        self._demand("misread", "beldor", "summit", "against", self.june, standing="rejected")

    def _outcomes(self) -> None:
        done = self.world.outcome("captives-exchange", "implemented", self.may, quantity=1000)
        self.tell(done, "A thousand captives each went home.", quantity=1000, status="implemented")
        agreed = self.world.outcome("captives-exchange", "agreed", self.june)
        self.tell(agreed, "They agreed on 6,000 captives each.", quantity=6000, status="agreed")
        self.tell(agreed, "They agreed on 1,200 captives each.", quantity=1200, status="agreed")
        misread = self.world.outcome("more-talks", "agreed", self.june, standing="rejected")
        self.tell(misread, "Nobody said a word on further talks.", status="agreed")

    def _delegations(self) -> None:
        ours = self.world.delegation(self.june, "arvenia", heads=("Oren Talvik",), members=("Mira Soln",), size=14)
        self.tell(ours, "Oren Talvik led fourteen envoys.", head="Oren Talvik", size=14, members=["Mira Soln"])
        theirs = self.world.delegation(self.june, "beldor", heads=("Vask Dorin", "Ilja Rem"))
        self.tell(theirs, "Vask Dorin came with twelve.", head="Vask Dorin", size=12)
        self.tell(theirs, "Ilja Rem headed fifteen envoys.", head="Ilja Rem", size=15)


def hold_talks(engine: Engine, slug: str = "arvenia-beldor") -> int:
    """Write the talks into a database; gives the process's id."""
    with writing(engine) as session:
        return Talks(World(session, slug)).world.process.id
