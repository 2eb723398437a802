"""Pictures of the content: what they are, how large, whether they are harmless, whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kreislaufstadt.guard.drawings import read_drawing
from kreislaufstadt.model.pictures import Picture
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.source import read_source
from kreislaufstadt.validate import validate_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FOLDER = "bilder"
MAX_BYTES = 150_000
MAX_SIDE = 2400
"""Longest side in pixels; no column of the site shows more."""

ENDINGS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP", ".svg": "SVG"}
_CAMERA = {"PNG": b"eXIf", "JPEG": b"Exif\0\0", "WebP": b"EXIF"}
"""How notes of the camera begin; they would tell readers where and when somebody stood."""

_SMALLER = "Bitte als WebP speichern, auf 1600 Pixel Breite verkleinern oder stärker komprimieren."


@dataclass(frozen=True)
class Shown:
    """A picture that may be shown: its path in the content folder, size in pixels (0: drawing), credit."""

    file: str
    width: int
    height: int
    credit: Picture


def load_pictures(root: Path, files: Sequence[str]) -> tuple[dict[str, Shown], list[Problem]]:
    """Look at every file of the picture folder; sound pictures by path, and all problems."""
    found: dict[str, Shown] = {}
    problems: list[Problem] = []
    names = [file for file in files if file.startswith(f"{FOLDER}/")]
    credits_of = {file.removesuffix(".yml"): file for file in names if file.endswith(".yml")}
    for file in names:
        if not file.endswith(".yml"):
            shown, faults = _load_picture(root, file, credits_of)
            problems += faults
            if shown and not faults:
                found[file] = shown
    for stem, file in credits_of.items():
        if not any(str(PurePosixPath(name).with_suffix("")) == stem for name in names if name != file):
            message = "Zu diesem Bildnachweis gibt es kein Bild."
            problems.append(Problem(Place(f"{root.name}/{file}"), "KS415", message, "Bitte das Bild daneben legen oder den Nachweis löschen."))
    return found, problems


def _load_picture(root: Path, file: str, credits_of: Mapping[str, str]) -> tuple[Shown | None, list[Problem]]:
    place = Place(f"{root.name}/{file}")
    with (root / file).open("rb") as stream:
        raw = stream.read(MAX_BYTES * 20)
    problems = [Problem(place, "KS414", message, advice) for message, advice in _faults(file, raw)]
    credit_file = credits_of.get(str(PurePosixPath(file).with_suffix("")))
    if credit_file is None:
        stem = PurePosixPath(file).stem
        advice = f"Bitte daneben die Datei {stem}.yml mit titel, urheber, lizenz, lizenz_url und herkunft anlegen."
        return None, [*problems, Problem(place, "KS415", "Zu diesem Bild fehlt der Bildnachweis.", advice)]
    source, faults = read_source(f"{root.name}/{credit_file}", (root / credit_file).read_bytes())
    problems += faults
    if source is None:
        return None, problems
    credit, faults = validate_data(source, source.data, Picture)
    problems += faults
    width, height = size_of(raw) or (0, 0)
    return (Shown(file, width, height, credit) if credit else None), problems


def _faults(file: str, raw: bytes) -> Iterator[tuple[str, str]]:
    suffix = PurePosixPath(file).suffix
    kind = kind_of(raw)
    if suffix not in ENDINGS:
        yield f"Bilder mit der Endung „{suffix}“ sind nicht erlaubt.", "Bitte als WebP, JPEG, PNG oder SVG speichern."
    elif kind != ENDINGS[suffix]:
        yield f"Die Endung sagt {ENDINGS[suffix]}, der Inhalt ist {kind or 'kein bekanntes Bild'}.", "Bitte das Bild neu speichern."
    if len(raw) > MAX_BYTES:
        yield f"Das Bild hat {len(raw) // 1000} kB, erlaubt sind {MAX_BYTES // 1000} kB.", _SMALLER
    if kind == "SVG":
        yield from ((finding.message, finding.advice) for finding in read_drawing(raw)[:3])
    elif kind:
        size = size_of(raw)
        if size is None or 0 in size:
            yield "Die Größe des Bildes ist nicht lesbar.", "Bitte das Bild neu speichern."
        elif max(size) > MAX_SIDE:
            yield f"Das Bild ist {size[0]} × {size[1]} Pixel groß, erlaubt sind {MAX_SIDE} je Seite.", _SMALLER
        if _CAMERA[kind] in raw:
            yield "Das Bild enthält Angaben der Kamera (EXIF), oft auch den Ort der Aufnahme.", "Bitte ohne Metadaten speichern."


def kind_of(raw: bytes) -> str:
    """The kind of picture by its content, empty if it is none that we know."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WebP"
    head = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "SVG" if head.startswith((b"<svg", b"<?xml", b"<!--")) and b"<svg" in raw[:4000].lower() else ""


def size_of(raw: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, read from the head of the file; nothing is decoded."""
    kind = kind_of(raw)
    if kind == "PNG" and len(raw) >= 24:
        return int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
    if kind == "WebP":
        return _size_of_webp(raw)
    return _size_of_jpeg(raw) if kind == "JPEG" else None


def _size_of_webp(raw: bytes) -> tuple[int, int] | None:
    chunk = raw[12:16]
    if chunk == b"VP8X" and len(raw) >= 30:
        return int.from_bytes(raw[24:27], "little") + 1, int.from_bytes(raw[27:30], "little") + 1
    if chunk == b"VP8L" and len(raw) >= 25:
        bits = int.from_bytes(raw[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and len(raw) >= 30:
        return int.from_bytes(raw[26:28], "little") & 0x3FFF, int.from_bytes(raw[28:30], "little") & 0x3FFF
    return None


def _size_of_jpeg(raw: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(raw) and raw[position] == 0xFF:
        marker = raw[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(raw[position + 7 : position + 9], "big"), int.from_bytes(raw[position + 5 : position + 7], "big")
        position += 2 + int.from_bytes(raw[position + 2 : position + 4], "big")
    return None
