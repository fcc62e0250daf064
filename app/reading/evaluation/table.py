"""The figures as tables in Markdown, which a terminal shows as well as a page does."""

from collections.abc import Iterable, Sequence

from app.reading.evaluation.figures import Figures, Rate, Reliability, Score, Share

SHARES = {
    "placed_in_right_round": "placed in the right round",
    "right_quantity": "right quantity",
    "quotes_verbatim": "quotes word for word",
    "off_topic_left_empty": "off-topic articles left empty",
}


def markdown(figures: Figures) -> str:
    """All figures, with what they were measured on."""
    parts = [_heading(figures), scores_table(figures), shares_table(figures)]
    parts += [reliability_table(kind, found) for kind, found in figures.reliability.items()]
    if figures.not_read:
        parts.append(f"Not read: {', '.join(figures.not_read)}")
    return "\n\n".join(parts) + "\n"


def _heading(figures: Figures) -> str:
    of = ", ".join(f"{number} {process}" for process, number in figures.processes.items())
    split = f", split {figures.split}" if figures.split else ""
    articles = "1 article" if figures.articles == 1 else f"{figures.articles} articles"
    about = f", {figures.about}" if figures.about else ""
    return f"{figures.date}: {figures.reader} on {articles}{about} ({of}; {figures.off_topic} off-topic{split})"


def scores_table(figures: Figures) -> str:
    """Precision, recall and F1 for each kind of record, each with its 95 % interval."""
    header = ("", "precision", "recall", "F1", "right", "missed", "false")
    rows = [_score(kind, one) for kind, one in figures.scores.items()]
    return _table(header, [*rows, ("mean", "", "", f"{figures.mean_f1:.3f}", "", "", "")])


def shares_table(figures: Figures) -> str:
    """What else was counted."""
    return _table(("", "share", "of"), [_share(name, getattr(figures, field)) for field, name in SHARES.items()])


def reliability_table(kind: str, found: Reliability) -> str:
    """The finds of one kind by how sure the reader was."""
    header = (f"{kind}, confidence", "finds", "mean confidence", "share right")
    rows = [
        (f"{band.low:.1f}–{band.high:.1f}", str(band.finds), f"{band.confidence:.3f}", f"{band.right:.3f}")
        for band in found.bands
    ]
    error = f"{found.error:.3f}" if found.error is not None else "–"
    return f"{_table(header, rows)}\n\nExpected calibration error of {kind}: {error} ({found.finds} finds)"


def _score(kind: str, one: Score) -> tuple[str, ...]:
    rates = (one.precision, one.recall, one.f1)
    return (kind, *map(_rate, rates), str(one.right), str(one.missed), str(one.false))


def _rate(rate: Rate) -> str:
    return f"{rate.value:.3f} ({rate.low:.2f}–{rate.high:.2f})"


def _share(name: str, share: Share) -> tuple[str, ...]:
    return name, "–" if share.share is None else f"{share.share:.3f}", str(share.all)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(header))]
    told = [_line(line, widths) for line in lines]
    rule = "|".join(["", *("-" * (width + 2) for width in widths), ""])
    return "\n".join([told[0], rule, *told[1:]])


def _line(line: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
