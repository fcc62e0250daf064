"""Every listing as data: JSON, and CSV that spreadsheets can open without running anything."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any

from starlette.responses import Response

FORMATS = ("json", "csv")
RUNS_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")

MARK = "\ufeff"
"""The byte order mark, by which spreadsheets know that a file is in UTF-8."""

Row = Mapping[str, Any]


def listing(form: str, rows: Sequence[Row], *, about: Mapping[str, Any], columns: Sequence[str], name: str) -> Response:
    """The rows as an answer: ``json`` with what they are about beside them, or ``csv`` as a file of that name.

    A row may hold one list of rows: in CSV see ``csv_text``, which writes these ``columns``; the file begins with the
    byte order mark.
    """
    if form == "json":
        return Response(json_text(rows, about), media_type="application/json")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(f"{MARK}{csv_text(rows, columns)}", media_type="text/csv; charset=utf-8", headers=headers)


def json_text(rows: Sequence[Row], about: Mapping[str, Any]) -> str:
    """``{…about, "count": n, "rows": […]}``; dates in ISO 8601."""
    return json.dumps({**about, "count": len(rows), "rows": rows}, ensure_ascii=False, default=_plain, indent=1)


def csv_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """The rows in UTF-8 with a header. A row's list of rows (``quotes``) becomes columns (``quote_exact``…).

    So a record with three quotes takes three lines, and one without any takes one; ``id`` tells records apart.
    Other lists are joined by semicolons.
    """
    out = StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        for line in _lines(row):
            writer.writerow({name: _cell(value) for name, value in line.items()})
    return out.getvalue()


def _lines(row: Row) -> list[dict[str, Any]]:
    nested = next((name for name, value in row.items() if _is_rows(value)), None)
    if nested is None:
        return [dict(row)]
    one = nested.removesuffix("s")
    return [{**row, **{f"{one}_{name}": value for name, value in item.items()}} for item in row[nested]]


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, Mapping):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, str) and value.startswith(RUNS_IN_SPREADSHEETS):
        return f"'{value}"
    return "" if value is None else _plain(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
