"""Rows as JSON and CSV."""

import csv
import json
from datetime import date
from io import StringIO

import pytest

from app.exports.listing import csv_text, json_text, listing


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"])
def test_text_that_a_spreadsheet_would_run_is_guarded(dangerous: str) -> None:
    rows = list(csv.reader(StringIO(csv_text([{"a": dangerous}], ["a"]), newline="")))
    assert rows[1] == [f"'{dangerous}"]


def test_numbers_are_numbers() -> None:
    assert csv_text([{"a": -3, "b": 0.5, "c": None, "d": date(2031, 6, 2)}], ["a", "b", "c", "d"]) == (
        "a,b,c,d\r\n-3,0.5,,2031-06-02\r\n"
    )


def test_row_takes_a_line_for_each_of_its_quotes_and_one_without() -> None:
    rows = [
        {"id": 1, "names": ["Ada", "Bo"], "quotes": [{"exact": "“Ja”", "start": 0}, {"exact": "b, c", "start": 9}]},
        {"id": 2, "names": [], "quotes": []},
    ]
    lines = list(csv.DictReader(StringIO(csv_text(rows, ["id", "names", "quote_exact", "quote_start"]))))
    assert [(line["id"], line["names"], line["quote_exact"], line["quote_start"]) for line in lines] == [
        ("1", "Ada; Bo", "“Ja”", "0"),
        ("1", "Ada; Bo", "b, c", "9"),
        ("2", "", "", ""),
    ]


def test_json_says_what_it_is_about_and_how_much_it_is() -> None:
    found = json.loads(json_text([{"day": date(2031, 6, 2), "name": "Ærø"}], {"process": "a-b"}))
    assert found == {"process": "a-b", "count": 1, "rows": [{"day": "2031-06-02", "name": "Ærø"}]}


def test_csv_comes_as_a_file_in_utf_8() -> None:
    answer = listing("csv", [{"a": "Ærø"}], about={}, columns=["a"], name="a-b-timeline")
    assert answer.headers["content-disposition"] == 'attachment; filename="a-b-timeline.csv"'
    assert answer.body == "\ufeffa\r\nÆrø\r\n".encode()
