"""Score the built-in reader against hand-made readings: ``make evaluate DIR=folder``.

The folder holds ``score.py`` and ``articles/`` with a text and a hand-made reading for each article.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.reading.lines import built_in_reader, read_lines


def article_lines(folder: Path) -> Iterator[str]:
    """Each article with its metadata as one line of JSON, as ``rapporteur read`` takes it."""
    for path in sorted(folder.glob("*.json")):
        known = json.loads(path.read_text(encoding="utf-8"))
        article = {name: known.get(name) for name in ("id", "title", "url", "published")}
        yield json.dumps(article | {"text": path.with_suffix(".txt").read_text(encoding="utf-8")})


def main() -> int:
    """Read every article of the folder, keep the readings in ``build/readings.jsonl``, and print their score."""
    if len(sys.argv) < 2:
        print("Name a folder: make evaluate DIR=folder", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    readings = io.StringIO()
    failed = read_lines(article_lines(folder / "articles"), readings, sys.stderr, built_in_reader())
    kept = Path("build/readings.jsonl")
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(readings.getvalue(), encoding="utf-8")
    command = [sys.executable, str(folder / "score.py"), str(folder / "articles"), str(kept), *sys.argv[2:]]
    return failed or subprocess.run(command, check=False).returncode  # noqa: S603 (the scorer that was named)


if __name__ == "__main__":
    sys.exit(main())
