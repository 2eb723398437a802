"""QR codes as SVG without style attributes, so that a strict CSP leaves them alone."""

from __future__ import annotations

from functools import cache
from itertools import chain, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import segno.consts
import segno.encoder

from kreislaufstadt.exports.vcard import compact_vcard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kreislaufstadt.model.entries import Contact

MASK = 3
"""One pattern for all codes. Choosing the best of eight, as ISO/IEC 18004 advises an encoder, takes seven times as long and gains little:
over the offices of this site pattern 3 has the lowest mean penalty, and every code was read back with each of the eight."""

_BORDER = 4
"""Modules around a code, as the norm wants them."""

_FIRST = 3
"""Stands for the first bit of a message where segno writes 0, 1, or 2 for a module that is still free."""

_INVERTED = str.maketrans("01", "10")

encoder: Any = segno.encoder
consts: Any = segno.consts
"""Without types: neither has any."""

_LEVEL = consts.ERROR_LEVEL_M


def contact_qr(contact: Contact) -> str:
    """The QR code of a contact's card as an inline SVG picture with a German title.

    The picture is the one that segno would draw, byte by byte, but drawn run by run instead of module by module.
    """
    rows = qr_rows(compact_vcard(contact))
    size = len(rows) + 2 * _BORDER
    title = f"<title>{escape(f'QR-Code mit den Kontaktdaten: {contact.title}')}</title>"
    ground = f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
    dark = f'<path stroke="#000" d="M{_BORDER} {_BORDER}.5{_lines(rows)}"/>'
    return f'<svg role="img" focusable="false" viewBox="0 0 {size} {size}" class="qr">{title}{ground}{dark}</svg>'


def qr_rows(text: str) -> list[str]:
    """The modules of a text's code, row by row, as 0 and 1.

    segno encodes the text. Where the bits of a message go is the same for all codes of a version, so segno
    places and masks them once a version: that is what takes longest, module by module.
    """
    segments = encoder.prepare_data(text, None, "utf-8")
    version = encoder.find_version(segments, _LEVEL, eci=False, micro=False)
    size, count, place = _layout(version)
    message = _message(segments, version).ljust(count, "0")
    modules = "".join(place(f"{message}{message.translate(_INVERTED)}01"))
    return [modules[start : start + size] for start in range(0, size * size, size)]


def _message(segments: Any, version: int) -> str:
    """The bits of a message with those that correct errors, as :func:`segno.encoder._encode` puts them together."""
    bits = encoder.Buffer()
    for segment in segments:
        encoder.write_segment(bits, segment, None, encoder.version_range(version))
    capacity = consts.SYMBOL_CAPACITY[version][_LEVEL]
    encoder.write_terminator(bits, capacity, None, len(bits))
    encoder.write_padding_bits(bits, version, len(bits))
    encoder.write_pad_codewords(bits, version, capacity, len(bits))
    blocks = encoder.make_blocks(consts.ECC[version][_LEVEL], bits)
    words = bytes(word for some in blocks for word in chain.from_iterable(zip_longest(*some)) if word is not None)
    return f"{int.from_bytes(words, 'big'):0{8 * len(words)}b}"


@cache
def _layout(version: int) -> tuple[int, int, Callable[[str], tuple[str, ...]]]:
    """The size of codes of a version, how many bits they hold, and what takes their modules from bits, inverted bits, 0 and 1."""
    numbers = [list(row) for row in _frame(version)]
    count = sum(row.count(0x2) for row in numbers)
    encoder.add_codewords(numbers, range(_FIRST, _FIRST + count), version)
    empty = _frame(version)
    encoder.add_codewords(empty, bytes(count), version)
    encoder.find_and_apply_best_mask(empty, len(empty), len(empty), MASK)
    encoder.add_format_info(empty, version, _LEVEL, MASK)
    encoder.add_version_info(empty, version)
    places = [
        number - _FIRST + count * dark if number >= _FIRST else 2 * count + dark
        for number, dark in zip(chain.from_iterable(numbers), chain.from_iterable(empty), strict=True)
    ]
    return len(empty), count, itemgetter(*places)


def _frame(version: int) -> Any:
    """A code of a version without bits: patterns, and modules that are still free."""
    size = encoder.calc_matrix_size(version)
    matrix = encoder.make_matrix(size, size)
    encoder.add_finder_patterns(matrix, size, size)
    encoder.add_alignment_patterns(matrix, size, size)
    return matrix


def _lines(rows: Sequence[str]) -> str:
    """A line for each run of dark modules, from the end of the one before; every code begins with a dark corner."""
    *runs, last = "|".join(rows).replace("01", "0 1").replace("|1", "| 1").split()
    return "".join(map(_moves(len(rows)).__getitem__, runs)) + f"h{last.count('1')}"


class _Moves(dict[str, str]):
    """How to draw a run and to come to the next one, in codes of one size, by dark modules and the light ones behind them with ``|`` between rows."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def __missing__(self, run: str) -> str:
        dark = run.count("1")
        rows = run[dark:].split("|")
        across = len(rows[0]) + (len(rows[-1]) - self._size if len(rows) > 1 else 0)
        self[run] = found = f"h{dark}m{across} {len(rows) - 1}"
        return found


_moves = cache(_Moves)
