"""What XML 1.0 can hold: the one place that makes text fit for it."""

from __future__ import annotations


def xml_text(text: str) -> str:
    r"""The text with what XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets) replaced by U+FFFD.

    >>> print(xml_text("a\x1bb"))
    a�b
    """
    if text.isprintable():
        return text
    return "".join(c if _in_xml(ord(c)) else "\ufffd" for c in text)


def _in_xml(code: int) -> bool:
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
