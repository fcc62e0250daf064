"""E-mail: the message's text, with its subject, sender and date."""

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from app.evidence.documents.decoding import decode
from app.evidence.documents.document import Draft, Refusal, check_length
from app.evidence.documents.paragraphs import clean, regroup
from app.evidence.documents.webpage import read_page

_SOFT_BREAK = re.compile(r"(?<!^--) \r?\n", re.M)
_READABLE = 0.5
_LONGEST_HEADER = 10_000


class _Bounded(EmailPolicy):
    """Cuts long headers: the standard library's parser needs a minute for one of a megabyte."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def read_mail(content: bytes) -> Draft:
    """The message's plain text, or its HTML read as a page where the plain text is missing or a mere stub.

    Refuses ``no-text`` a message with attachments only.
    """
    message = cast(EmailMessage, message_from_bytes(content.lstrip(), policy=_Bounded()))
    plain, page = _plain(message), _page(message)
    check_length(plain)
    text = plain if len(plain) >= _READABLE * len(page.text if page else "") else page.text if page else ""
    if not text:
        raise Refusal("no-text", "The message has no text of its own. Upload its attachment, or paste the text.")
    outlet = page.outlet if page else None
    return Draft(text, _header(message, "subject"), _sender(message), outlet, _sent(message))


def _plain(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    if part is None:
        return ""
    text = decode(_payload(part), part.get_content_charset())
    if part.get_param("format") == "flowed":
        text = _SOFT_BREAK.sub(" ", text)
    return regroup(text)


def _page(message: EmailMessage) -> Draft | None:
    part = message.get_body(("html",))
    try:
        return read_page(_payload(part), part.get_content_charset()) if part is not None else None
    except Refusal as refusal:
        if refusal.reason == "empty":
            return None
        raise


def _payload(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(clean(str(value)).split()) or None if value else None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "from") or "")
    return name or (address if "@" in address else None) or None


def _sent(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date()
    except (ValueError, TypeError, OverflowError):
        return None
