"""QR codes as SVG without style attributes, so that a strict CSP leaves them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno

from kreislaufstadt.exports.vcard import compact_vcard

if TYPE_CHECKING:
    from kreislaufstadt.model.entries import Contact


def contact_qr(contact: Contact) -> str:
    """The QR code of a contact's card as an inline SVG picture with a German title."""
    code = segno.make(compact_vcard(contact), error="m", micro=False, boost_error=False, encoding="utf-8")
    words = f"QR-Code mit den Kontaktdaten: {contact.title}"
    svg: str = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, title=words, dark="#000", light="#fff")
    return svg.replace("<svg ", '<svg role="img" focusable="false" ', 1)
