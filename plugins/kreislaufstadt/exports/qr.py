"""QR codes as SVG without style attributes, so that a strict CSP leaves them alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import segno

from kreislaufstadt.exports.vcard import compact_vcard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.model.entries import Contact

MASK = 3
"""One pattern for all codes. Choosing the best of eight, as ISO/IEC 18004 advises an encoder, takes seven times as long and gains little:
over the offices of this site pattern 3 has the lowest mean penalty, and every code was read back with each of the eight."""

_BORDER = 4
"""Modules around a code, as the norm wants them."""

_DARK = re.compile(b"\1+")


def contact_qr(contact: Contact) -> str:
    """The QR code of a contact's card as an inline SVG picture with a German title.

    The picture is the one that segno would draw, byte by byte, but drawn run by run instead of module by module.
    """
    code = segno.make(compact_vcard(contact), error="m", micro=False, boost_error=False, mask=MASK, encoding="utf-8")
    size = len(code.matrix) + 2 * _BORDER
    title = f"<title>{escape(f'QR-Code mit den Kontaktdaten: {contact.title}')}</title>"
    ground = f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
    dark = f'<path stroke="#000" d="M{_BORDER} {_BORDER}.5{_lines(code.matrix)}"/>'
    return f'<svg role="img" focusable="false" viewBox="0 0 {size} {size}" class="qr">{title}{ground}{dark}</svg>'


def _lines(matrix: Sequence[bytearray]) -> str:
    """A line for each run of dark modules, from the end of the one before; every code begins with a dark corner."""
    parts, across, down = [], 0, 0
    for number, row in enumerate(matrix):
        for run in _DARK.finditer(row):
            start, end = run.span()
            parts.append(f"m{start - across} {number - down}h{end - start}")
            across, down = end, number
    return "".join(parts).removeprefix("m0 0")
