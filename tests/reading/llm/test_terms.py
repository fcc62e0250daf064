"""Settings of a language model that cannot work are told before anything starts, and never with the key."""

import subprocess
import sys
from typing import Any

import pytest
import typer

from app.reading.llm.terms import Terms, complaint
from app.settings import Settings
from app.surroundings import check_language_model

GOOD: dict[str, Any] = {"llm_address": "http://127.0.0.1:8080/v1", "llm_model": "some", "llm_key": "sk-1"}


@pytest.mark.parametrize("address", ["http://10.0.0.7/v1", "http://[::1]:8080", "https://models.example/v1/"])
def test_good_settings(address: str) -> None:
    assert complaint(Settings(**GOOD | {"llm_address": address})) is None
    assert complaint(Settings(**GOOD | {"llm_key": "  sk-1\n"})) is None
    assert Terms.of(Settings(**GOOD | {"llm_key": "  sk-1\n"})).key == "sk-1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"llm_address": ""}, "RAPPORTEUR_LLM_ADDRESS"),
        ({"llm_address": "file:///etc/passwd"}, "RAPPORTEUR_LLM_ADDRESS"),
        ({"llm_address": "127.0.0.1:8080"}, "RAPPORTEUR_LLM_ADDRESS"),
        ({"llm_address": "http://[::1/v1"}, "RAPPORTEUR_LLM_ADDRESS"),
        ({"llm_address": "http://host:99999/v1"}, "RAPPORTEUR_LLM_ADDRESS"),
        ({"llm_address": "http://secret:word@host/v1"}, "RAPPORTEUR_LLM_KEY"),
        ({"llm_address": "http://host/v1?key=secret"}, "RAPPORTEUR_LLM_KEY"),
        ({"llm_model": " "}, "RAPPORTEUR_LLM_MODEL"),
        ({"llm_key": "secret word"}, "RAPPORTEUR_LLM_KEY"),
        ({"llm_key": "secret\nword"}, "RAPPORTEUR_LLM_KEY"),
        ({"llm_key": "sécret"}, "RAPPORTEUR_LLM_KEY"),
    ],
)
def test_bad_settings_are_told_without_the_key(
    change: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        check_language_model(Settings(**GOOD | change))
    printed = capsys.readouterr().err
    assert told in printed
    assert "secret" not in printed


def test_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("app.surroundings.find_spec", lambda name: None)
    with pytest.raises(typer.Exit):
        check_language_model(Settings(**GOOD))
    assert "make language-model" in capsys.readouterr().err


def test_the_extra_is_brought_in_only_when_it_is_asked_for() -> None:
    code = "import sys, app.main, app.cli, app.intake.built_in; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
