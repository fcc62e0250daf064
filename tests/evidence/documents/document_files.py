"""Files for the tests, made with the real libraries; the words are this project's own."""

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from app.evidence.documents import Refusal

LIMIT = 2_000_000
OPENING = "The two delegations met for about an hour at the palace and put their papers on the table."
EXCHANGE = "They agreed to return twelve hundred prisoners each, starting with the youngest and the badly wounded."
CEASEFIRE = "No agreement was reached on a ceasefire, which one side wants at once and the other only after terms."

PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Prisoners first, ceasefire later | The Courier</title>
<meta property="og:site_name" content="The Courier">
<link rel="canonical" href="https://courier.example/talks/second-round">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Prisoners first, ceasefire later", "datePublished": "2025-06-02T18:30:00Z",
"author": {{"@type": "Person", "name": "Marta Lind"}}}}</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<article><h1>Prisoners first, ceasefire later</h1><p>{OPENING}</p><p>{EXCHANGE}</p>
<script>var tracker = "watching you";</script>
<ul><li>The dead are handed over.</li><li>A third round is to follow.</li></ul>
<table><tr><th>Side</th><th>Prisoners</th></tr><tr><td>Ukraine</td><td>1,200</td></tr></table>
<p>{CEASEFIRE}</p></article>
<aside class="related-articles"><h3>Read next</h3>
<ul><li><a href="/grain">Ships leave with grain again</a></li></ul></aside>
<footer>All rights reserved by the publisher</footer></body></html>"""


def refusal(excinfo: pytest.ExceptionInfo[Refusal]) -> tuple[str, str]:
    """The reason and the field, for comparing."""
    return excinfo.value.reason, excinfo.value.field


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF written by hand: one text line for each line, in one of the standard fonts."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = " T* ".join("({}) Tj".format(line.replace("(", r"\(").replace(")", r"\)")) for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 800 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def rewritten(content: bytes, *, password: str | None = None, facts: dict[str, str] | None = None) -> bytes:
    """A PDF written again by pypdf, locked or with document information."""
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    if facts:
        writer.add_metadata(facts)
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: str, title: str = "", author: str = "", rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A .docx with paragraphs and at most one table behind them."""
    document, out = docx.Document(), io.BytesIO()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    document.save(out)
    return out.getvalue()


def with_part(archive: bytes, name: str, content: bytes) -> bytes:
    """A ZIP archive with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def mail(plain: str | None, page: str | None = None) -> bytes:
    """A message as a mail program saves it."""
    message = EmailMessage()
    message["Subject"] = "Fwd: Zwölfhundred prisoners each"
    message["From"] = "Marta Lind <marta@courier.example>"
    message["To"] = "desk@ministry.example"
    message["Date"] = "Mon, 02 Jun 2025 21:15:00 +0300"
    if plain is not None:
        message.set_content(plain)
    if page is not None and plain is not None:
        message.add_alternative(page, subtype="html")
    elif page is not None:
        message.set_content(page, subtype="html")
    return message.as_bytes()
