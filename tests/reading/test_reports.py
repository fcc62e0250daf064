"""Rounds and heads of delegations in reports of many kinds."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.reading.reader import Metadata, Reader

CASES = yaml.safe_load(Path(__file__).with_name("report_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_reads_rounds_and_heads_of_reports(reader: Reader, case: dict[str, Any]) -> None:
    reading = reader.read(case["text"], Metadata(published=case["published"]))
    assert sorted(one.date or "unknown" for one in reading.rounds) == case["rounds"]
    assert sorted(one.head.name for one in reading.delegations if one.head) == case["heads"]
