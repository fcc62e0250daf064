"""Accuracy figures that are made up, whole enough for a page."""

from datetime import date

from app.reading.evaluation.annotation import KINDS, AnnotatedReading
from app.reading.evaluation.evaluation import Evaluation
from app.reading.evaluation.figures import Figures
from app.reading.evaluation.hand_made import About, HandMade

TEXT = "Arvenia asked for a truce."


def made_up() -> Figures:
    """Of forty articles with a demand each, the reader finds three in four, and is right the surer it is."""
    demand = {"party": "arvenia", "issue": "truce", "stance": "for", "quote": TEXT}
    talks = {"date": "2031-05-16", "confidence": 0.9}
    made, found = [], {}
    for number in range(40):
        given = {"id": f"article-{number}", "about_talks": number > 3, "rounds": [talks]}
        seen = {**demand, "confidence": number / 40, "stance": "for" if number % 4 else "against"}
        made.append(
            HandMade(
                TEXT, About(process="arvenia-beldor"), AnnotatedReading.model_validate({**given, "demands": [demand]})
            )
        )
        found[f"article-{number}"] = AnnotatedReading.model_validate({**given, "demands": [seen]})
    figures = Evaluation(made, found, "test").figures("rules 7", date(2031, 6, 1), "all of them made up")
    assert set(figures.scores) == set(KINDS)
    return figures
