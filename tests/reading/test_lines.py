"""Articles in, readings out, a line each."""

import io
import json

from app.reading.lines import read_lines
from app.reading.reader import Reader

TEXT = (
    "Ukraine and Russia held a second round of talks in Istanbul on Monday. Kyiv demanded a full ceasefire. "
    "Rustem Umerov led the Ukrainian delegation. Both sides agreed to exchange 1,000 prisoners."
)


def test_writes_a_reading_for_each_article_and_names_bad_lines(reader: Reader) -> None:
    good = json.dumps({"id": "one", "published": "2025-06-02", "text": TEXT})
    lines = [good, "no json", '{"id": "two"}', "", json.dumps({"id": "three", "text": "Nothing here."})]
    readings, errors = io.StringIO(), io.StringIO()
    assert read_lines(lines, readings, errors, lambda _: reader) == 1
    one, three = map(json.loads, readings.getvalue().splitlines())
    assert [one["id"], three["id"]] == ["one", "three"]
    assert one["rounds"][0]["date"] == "2025-06-02"
    assert one["delegations"][0]["head"] == "Rustem Umerov"
    assert {"party": "ukraine", "issue": "ceasefire", "stance": "for"}.items() <= one["demands"][0].items()
    assert all(item["quote"] in TEXT for kind in ("demands", "outcomes") for item in one[kind])
    assert not three["demands"]
    assert [line.split(":")[0] for line in errors.getvalue().splitlines()] == ["line 2", "line 3"]


def test_an_undated_round_is_unknown(reader: Reader) -> None:
    readings = io.StringIO()
    line = json.dumps({"id": "one", "published": None, "text": TEXT})
    assert read_lines([line], readings, io.StringIO(), lambda _: reader) == 0
    assert json.loads(readings.getvalue())["rounds"][0]["date"] == "unknown"
