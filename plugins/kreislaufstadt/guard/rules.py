"""What must hold for the finished site: links, titles, policy, sizes. One generator per rule."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.guard.page import Finding
from kreislaufstadt.guard.policy import integrity_of, weaknesses
from kreislaufstadt.guard.whole import PlainReading, Rules, Whole, published_sizes
from kreislaufstadt.problems import Problem, sort_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kreislaufstadt.guard.page import Loaded
    from kreislaufstadt.guard.whole import Reading

PAGE_WEIGHT = 120_000
"""HTML, styles and scripts of a page, compressed."""

SCRIPT_WEIGHT = 50_000
"""Scripts of a page before the search is used, compressed."""

IMAGE_WEIGHT = 150_000
FONT_WEIGHT = 60_000
REQUESTS = 20
LONGEST_TITLE = 200
_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")
_FONTS = (".woff2", ".woff", ".ttf", ".otf")
_LEVEL = 6
_AT_ANY_DEPTH = frozenset({"404.html"})

Found = tuple[str, Finding]


def inspect_site(folder: Path, rules: Rules, reading: Reading | None = None, sizes: Mapping[str, int] | None = None) -> tuple[Whole, list[Problem]]:
    """Read the folder and apply every rule; what was read, and all problems, sorted. The sizes of all files may be known, see :meth:`Whole.load`."""
    whole = Whole(folder, rules, reading or PlainReading(), sizes=published_sizes(sizes or {})).load()
    for rule in RULES:
        for file, finding in rule(whole):
            whole.report(file, finding)
    return whole, sort_problems(whole.found)


def check_links(whole: Whole) -> Iterator[Found]:
    """Internal links lead to files, anchors to ids; the error page works at any depth."""
    if not _links_hold(whole):
        for file, page in whole.pages.items():
            for url in page.links:
                fault = _fault_of_link(whole, file, url)
                if fault:
                    code, message, advice = fault
                    yield file, Finding(code, whole.lines_of(file).of_link(url), message, advice)


def _links_hold(whole: Whole) -> bool:
    """Whether no link has a fault; only if one has, they are looked at page by page."""
    if not (whole.wanted.keys() <= whole.sizes.keys()):
        return False
    lacks = any(anchors and target in whole.pages and not anchors <= whole.pages[target].ids for target, anchors in whole.wanted.items())
    return not lacks and all(url.startswith(("/", "#")) for file in _AT_ANY_DEPTH & whole.pages.keys() for url in whole.pages[file].links)


def _fault_of_link(whole: Whole, file: str, url: str) -> tuple[str, str, str] | None:
    """What is wrong with a link: code, message, advice."""
    target = whole.resolve(file, url)
    anchor = url.partition("#")[2]
    if target not in whole.sizes:
        return "KS605", f"Der Link „{url}“ führt ins Leere ({target} gibt es nicht).", "Bitte das Ziel berichtigen."
    if anchor and target in whole.pages and anchor not in whole.pages[target].ids:
        return "KS606", f"Die Sprungmarke „#{anchor}“ gibt es auf {target} nicht.", "Bitte eine Sprungmarke der Zielseite wählen."
    if file in _AT_ANY_DEPTH and not url.startswith(("/", "#")):
        return "KS605", f"Die Fehlerseite verlinkt „{url}“; das stimmt nur auf der obersten Ebene.", "Bitte die Adresse mit / beginnen."
    return None


def check_loaded(whole: Whole) -> Iterator[Found]:
    """Whatever a page, style or script asks for is there, and its hash is right."""
    hash_of = cache(lambda target: integrity_of((whole.folder / target).read_bytes()))
    sound = set()
    for file, page in whole.pages.items():
        targets, hashed = whole.targets_of(file), whole.rules.hashed and not whole.rules.is_apart(file)
        if (page.loaded, targets, hashed) in sound:
            continue
        faults = [_fault_of_loaded(whole, item, target, hash_of, hashed=hashed) for item, target in zip(page.loaded, targets, strict=True)]
        for number, fault in enumerate(faults):
            if fault:
                code, message, advice = fault
                yield file, Finding(code, whole.lines_of(file).of_loaded(number), message, advice)
        if not any(faults):
            sound.add((page.loaded, targets, hashed))
    for file, asset in whole.assets.items():
        for url in (*asset.loaded, *asset.later):
            target = whole.resolve(file, url)
            if "${" not in url and target not in whole.sizes and not whole.rules.is_apart(file):
                yield file, Finding("KS605", 0, f"Geladen wird „{url}“; die Datei {target} gibt es nicht.", "Bitte die Datei ergänzen.")


def _fault_of_loaded(whole: Whole, item: Loaded, target: str, hash_of: Callable[[str], str], *, hashed: bool) -> tuple[str, str, str] | None:
    """What is wrong with what a page loads: code, message, advice."""
    if target not in whole.sizes:
        message = f"<{item.tag}> lädt „{item.url}“; die Datei {target} gibt es nicht."
        return "KS605", message, "Bitte die Datei ergänzen oder den Verweis löschen."
    if item.integrity and item.integrity != hash_of(target):
        return "KS614", f"Die Prüfsumme von „{item.url}“ passt nicht zur Datei.", "Bitte die Website neu bauen."
    if item.tag == "script" and not item.integrity and hashed:
        return "KS614", f"Dem Skript „{item.url}“ fehlt die Prüfsumme.", "Bitte die Website neu bauen."
    return None


def check_words(whole: Whole) -> Iterator[Found]:
    """Every page has a language, a title and a description of its own, and one main heading."""
    titles: dict[str, str] = {}
    for file, page in whole.pages.items():
        if not page.language:
            yield file, Finding("KS608", 0, "Die Sprache der Seite fehlt.", "Bitte <html lang=„de“> schreiben.")
        if not page.title or len(page.title) > LONGEST_TITLE:
            yield file, Finding("KS608", 0, f"Der Seitentitel fehlt oder ist länger als {LONGEST_TITLE} Zeichen.", "Bitte einen Titel angeben.")
        if page.headings != 1 and not whole.rules.is_apart(file):
            yield file, Finding("KS608", 0, f"Die Seite hat {page.headings} Hauptüberschriften.", "Bitte genau eine <h1> schreiben.")
    for file, page in whole.public.items():
        other = titles.setdefault(page.title, file)
        if other != file:
            yield file, Finding("KS608", 0, f"Den Titel „{page.title}“ hat auch {other}.", "Bitte unterscheiden.")
        if not page.description.strip():
            yield file, Finding("KS608", 0, "Die Beschreibung der Seite fehlt.", "Bitte „kurz“ im Eintrag ausfüllen.")


def check_descriptions(whole: Whole) -> Iterator[Found]:
    """No two pages describe themselves in the same words."""
    seen: dict[str, str] = {}
    for file, page in whole.public.items():
        other = seen.setdefault(page.description, file)
        if other != file and page.description:
            yield file, Finding("KS608", 0, f"Dieselbe Beschreibung hat auch {other}.", "Bitte „kurz“ im Eintrag unterscheiden.")


def check_addresses(whole: Whole) -> Iterator[Found]:
    """A page names its own address as the canonical one."""
    base = whole.rules.base_url
    for file, page in whole.public.items():
        own = base + (file.removesuffix("index.html") if file.endswith("/index.html") or file == "index.html" else file)
        if page.canonical not in {own, base + file}:
            message = f"Die Seite nennt als ihre Adresse „{page.canonical}“."
            yield file, Finding("KS608", 0, message, f"Erwartet wird {own}.")


def check_policies(whole: Whole) -> Iterator[Found]:
    """Every page has a policy that allows nothing inline."""
    faults_of = cache(weaknesses)
    for file, page in whole.pages.items():
        if not page.policy:
            message = "Der Seite fehlt die Sicherheitsrichtlinie (Content-Security-Policy)."
            yield file, Finding("KS610", 0, message, "Bitte das Plugin kreislaufstadt/guard in mkdocs.yml einschalten.")
        elif not whole.rules.is_apart(file):
            for fault in faults_of(page.policy):
                yield file, Finding("KS610", 0, f"Die Sicherheitsrichtlinie ist zu weit: {fault}.", "Bitte die Vorlage berichtigen.")


def check_weights(whole: Whole) -> Iterator[Found]:
    """Pages, images and fonts stay within their budgets."""
    weights: dict[str, int] = {}

    def weight(file: str) -> int:
        if file not in weights:
            weights[file] = len(zlib.compress((whole.folder / file).read_bytes(), _LEVEL))
        return weights[file]

    for file, size in whole.sizes.items():
        limit = 0 if size <= FONT_WEIGHT else IMAGE_WEIGHT if file.endswith(_IMAGES) else FONT_WEIGHT if file.endswith(_FONTS) else 0
        if limit and size > limit and not whole.rules.is_apart(file):
            message = f"Die Datei hat {_kilobytes(size)}, erlaubt sind {_kilobytes(limit)}."
            yield file, Finding("KS609", 0, message, "Bitte verkleinern oder stärker komprimieren.")
    weigh = cache(lambda loaded, targets: _weigh(whole, zip((item.tag for item in loaded), targets, strict=True), weight))
    for file, page in whole.pages.items():
        if not whole.rules.is_apart(file):
            yield from _check_page_weight(whole, file, weigh(page.loaded, whole.targets_of(file)), weight)


class _Weights(NamedTuple):
    """What pages load with it: the bytes of the scripts, of scripts and styles together, and how many requests that makes."""

    scripts: int
    together: int
    requests: int


def _weigh(whole: Whole, loaded: Iterable[tuple[str, str]], weight: Callable[[str], int]) -> _Weights:
    """Weigh what pages load: tags with files; a file that two tags load counts as what the last says."""
    tags = {target: tag for tag, target in loaded}
    scripts = {name for target, tag in tags.items() if tag == "script" for name in whole.scripts_of(target)}
    styles = {target for target, tag in tags.items() if tag == "stylesheet" and target in whole.sizes}
    of_scripts = sum(map(weight, scripts))
    return _Weights(of_scripts, of_scripts + sum(map(weight, styles)), 1 + len({*tags} | scripts | styles))


def _check_page_weight(whole: Whole, file: str, loaded: _Weights, weight: Callable[[str], int]) -> Iterator[Found]:
    if loaded.scripts > SCRIPT_WEIGHT:
        message = f"Die Skripte der Seite wiegen {_kilobytes(loaded.scripts)}, erlaubt sind {_kilobytes(SCRIPT_WEIGHT)}."
        yield file, Finding("KS609", 0, message, "Bitte Skripte kürzen oder erst bei Gebrauch laden.")
    if loaded.together + whole.sizes[file] > PAGE_WEIGHT and loaded.together + weight(file) > PAGE_WEIGHT:
        message = f"Die Seite wiegt {_kilobytes(loaded.together + weight(file))}, erlaubt sind {_kilobytes(PAGE_WEIGHT)}."
        yield file, Finding("KS609", 0, message, "Bitte die Seite teilen oder Stile und Skripte kürzen.")
    if loaded.requests > REQUESTS:
        message = f"Die Seite braucht {loaded.requests} Anfragen, erlaubt sind {REQUESTS}."
        yield file, Finding("KS609", 0, message, "Bitte Dateien zusammenfassen.")


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.0f} kB"


RULES: tuple[Callable[[Whole], Iterator[Found]], ...] = (
    check_links,
    check_loaded,
    check_words,
    check_descriptions,
    check_addresses,
    check_policies,
    check_weights,
)
