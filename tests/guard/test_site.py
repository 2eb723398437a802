"""Planted defects: each is caught, with a code, a place and a sentence that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from guard.small_site import FILES, change, inspect, write_site

from kreislaufstadt.guard.drawings import read_drawing
from kreislaufstadt.guard.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

H1 = "<h1>Start</h1>"

DEFECTS = {
    "foreign font": ("assets/stil.css", "body {", "@font-face { src: url(https://fonts.fremd.example/a.woff2) } body {", "KS602", "fonts.fremd.example"),
    "foreign import in css": ("assets/stil.css", "body {", '@import "//fremd.example/a.css"; body {', "KS602", "fremd.example"),
    "foreign font, disguised": ("assets/stil.css", "body {", "a { background: u\\72l(h\\74tps://fremd.example/a.png) } body {", "KS602", "fremd.example"),
    "foreign image": ("index.html", "bilder/haus.svg", "https://fremd.example/zaehler.gif", "KS602", "<img>"),
    "foreign image without scheme": ("index.html", "bilder/haus.svg", "/&#9;/fremd.example/a.gif", "KS602", "<img>"),
    "foreign srcset": ("index.html", 'alt="Ein', 'srcset="/a.png 1x, https://fremd.example/b.png 2x" alt="Ein', "KS602", "fremd.example"),
    "foreign script": ("index.html", H1, H1 + '<script src="https://fremd.example/a.js"></script>', "KS602", "<script>"),
    "foreign form": ("index.html", 'action="zwei/"', 'action="https://fremd.example/"', "KS602", "<form>"),
    "foreign preconnect": ("index.html", '<link rel="icon"', '<link rel="preconnect" href="https://fremd.example"><link rel="icon"', "KS602", "fremd.example"),
    "foreign redirect": ("index.html", "<title>", '<meta http-equiv="refresh" content="0; url=https://fremd.example/"><title>', "KS602", "leitet weiter"),
    "foreign host in script": ("assets/teil.js", "const NS", 'fetch("https://fremd.example/x");\nconst NS', "KS602", "fremd.example"),
    "foreign socket in script": ("assets/teil.js", "const NS", "new WebSocket(`wss://fremd.example`);\nconst NS", "KS602", "fremd.example"),
    "data script that asks a foreign host": ("suche/0123456789ab/t1.js", 'kreislaufsuche("t1",', 'fetch("https://fremd.example/x",', "KS602", "fremd.example"),
    "inline handler": ("index.html", H1, '<h1 onclick="x()">Start</h1>', "KS603", "onclick"),
    "inline style": ("index.html", H1, '<h1 style="color:red">Start</h1>', "KS603", "style"),
    "inline script": ("index.html", H1, H1 + "<script>alert(1)</script>", "KS603", "Skript im Text"),
    "style element": ("index.html", "</head>", "<style>a{}</style></head>", "KS603", "<style>"),
    "script address": ("index.html", 'href="mailto:amt@musterstadt.example"', 'href="java&#10;script:alert(1)"', "KS603", "nicht erlaubt"),
    "data link": ("index.html", 'href="mailto:amt@musterstadt.example"', 'href="data:text/html,x"', "KS603", "data:"),
    "frame": ("index.html", H1, H1 + '<iframe src="/zwei/"></iframe>', "KS604", "<iframe>"),
    "base": ("index.html", "<title>", '<base href="/x/"><title>', "KS604", "<base>"),
    "closing tag in data": ("index.html", "\\u003c", "</script><img src=x>", "KS604", ""),
    "code from text": ("assets/teil.js", "const NS", 'new Function("x")();\nconst NS', "KS603", "Function"),
    "drawing with script": ("bilder/haus.svg", "<rect", "<script>x()</script><rect", "KS603", "<script>"),
    "drawing with foreign picture": ("bilder/haus.svg", "<rect", '<use href="https://fremd.example/a.svg#b"/><rect', "KS603", "fremd.example"),
    "drawing with entities": ("bilder/haus.svg", "<svg", '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg', "KS603", "DOCTYPE"),
    "wrong nesting": ("index.html", H1, "<p><div>Start</div></p>" + H1, "KS604", "<div> darf nicht in <p>"),
    "open element": ("index.html", "</ul>", "", "KS604", "</main>"),
    "link in link": ("index.html", ">Link</a>", '><a href="#ziel">Link</a></a>', "KS604", "<a>"),
    "attribute twice": ("index.html", 'id="inhalt"', 'id="inhalt" id="anders"', "KS604", "doppelt"),
    "attribute without quotes": ("index.html", 'id="inhalt"', "id=inhalt", "KS604", "kein gültiges Element"),
    "bare ampersand": ("index.html", "&amp;c", "&c", "KS604", "&"),
    "broken link": ("index.html", 'href="zwei/#ziel"', 'href="vier/"', "KS605", "vier/index.html"),
    "link out of the site": ("index.html", 'href="zwei/#ziel"', 'href="../../etc/passwd"', "KS605", "etc/passwd"),
    "missing picture": ("index.html", "bilder/haus.svg", "bilder/garten.svg", "KS605", "garten.svg"),
    "missing module": ("assets/menue.js", "./teil.js", "./fehlt.js", "KS605", "fehlt.js"),
    "missing file of a style": ("assets/stil.css", "haus.svg", "fehlt.svg", "KS605", "fehlt.svg"),
    "broken anchor": ("index.html", "zwei/#ziel", "zwei/#fehlt", "KS606", "#fehlt"),
    "error page with relative link": ("404.html", 'href="/zwei/#ziel"', 'href="zwei/#ziel"', "KS605", "obersten Ebene"),
    "duplicate id": ("index.html", 'id="ziel"', 'id="inhalt"', "KS607", "inhalt"),
    "same title": ("zwei/index.html", "<title>Zwei", "<title>Start", "KS608", "Titel"),
    "same description": ("zwei/index.html", "Beschreibung von Zwei", "Beschreibung von Start", "KS608", "Beschreibung"),
    "no title": ("zwei/index.html", "<title>Zwei – Testseite</title>", "<title></title>", "KS608", "Seitentitel"),
    "no description": ("zwei/index.html", "Beschreibung von Zwei (Testdaten)", "", "KS608", "Beschreibung"),
    "two main headings": ("index.html", H1, H1 + H1, "KS608", "2 Hauptüberschriften"),
    "no language": ("index.html", ' lang="de"', "", "KS608", "Sprache"),
    "wrong canonical address": ("zwei/index.html", "https://musterstadt.example/zwei/", "https://fremd.example/", "KS608", "Adresse"),
    "no policy": ("index.html", 'http-equiv="Content-Security-Policy"', 'name="nichts"', "KS610", "Sicherheitsrichtlinie"),
    "weak policy": ("index.html", "script-src 'self'", "script-src 'self' 'unsafe-inline'", "KS610", "unsafe-inline"),
    "changed script": ("assets/menue.js", "zeige(", "zeige( ", "KS614", "Prüfsumme"),
    "policy for a foreign host": ("index.html", "script-src 'self'", "script-src 'self' cdn.fremd.example", "KS610", "cdn.fremd.example"),
    "script without hash": ("index.html", " integrity=", " data-alt=", "KS614", "fehlt die Prüfsumme"),
    "foreign paint": ("index.html", 'fill="none"', 'fill="url(https://fremd.example/a.svg#b)"', "KS602", "„fill“"),
    "foreign paint, disguised": ("index.html", 'fill="none"', 'fill="u\\72l(//fremd.example/a.svg#b)"', "KS602", "„fill“"),
    "drawing with animation": ("bilder/haus.svg", "<rect", '<animate attributeName="href" to="x"/><rect', "KS603", "<animate>"),
    "drawing with foreign content": ("bilder/haus.svg", "<rect", "<foreignObject/><rect", "KS603", "<foreignObject>"),
    "drawing with data address": ("bilder/haus.svg", "<rect", '<use href="data:image/svg+xml,x#y"/><rect', "KS603", "data:"),
    "drawing with disguised address": ("bilder/haus.svg", "<rect", '<rect fill="u\\72l(//fremd.example/a#b)"/><rect', "KS603", "verweist"),
    "drawing in a circle": ("bilder/haus.svg", "<rect", '<g id="a"><use href="#a"/></g><rect', "KS603", "vervielfachen"),
    "long mark of removed markup": ("index.html", H1, H1 + "<!-- entfernt: " + "&quot;" * 400 + " -->", "KS612", "entfernt"),
    "removed markup": ("index.html", H1, H1 + "<!-- entfernt: &lt;script&gt; -->", "KS612", "script"),
}


def test_sound_site_has_no_problems(tmp_path: Path) -> None:
    assert [str(problem) for problem in inspect(write_site(tmp_path))] == []


@pytest.mark.parametrize("name", DEFECTS)
def test_planted_defect_is_caught(name: str, tmp_path: Path) -> None:
    file, old, new, code, words = DEFECTS[name]
    change(write_site(tmp_path), file, old, new)
    problems = inspect(tmp_path)
    assert [problem for problem in problems if problem.code == code and words in problem.message and (problem.place.file == f"site/{file}" or code == "KS614")], problems
    assert all(problem.advice.endswith((".", "“.", ")")) and problem.message[-1] in ".“)" for problem in problems)


def test_drawings_cannot_multiply_themselves() -> None:
    """Thirty elements that each show the one before twice: a thousand million shapes for whoever opens it."""
    levels = "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 31))
    frame = '<svg xmlns="http://www.w3.org/2000/svg"><rect id="a0" width="1" height="1"/>{}</svg>'
    assert ["vervielfachen" in finding.message for finding in read_drawing(frame.format(levels).encode())] == [True]
    tiles = "".join(f'<pattern id="a{n}"><rect fill="url(#a{n - 1})"/><rect fill="url(#a{n - 1})"/></pattern>' for n in range(1, 31))
    assert ["vervielfachen" in finding.message for finding in read_drawing(frame.format(tiles).encode())] == [True]
    assert read_drawing(frame.format('<use href="#a0"/>' * 500).encode()) == []


def test_large_files_are_caught(tmp_path: Path) -> None:
    write_site(tmp_path)
    (tmp_path / "bilder" / "gross.png").write_bytes(b"\x89PNG" + bytes(2_000_000))
    (tmp_path / "assets" / "schrift.woff2").write_bytes(bytes(70_000))
    assert [(problem.code, problem.place.file) for problem in inspect(tmp_path)] == [("KS609", "site/assets/schrift.woff2"), ("KS609", "site/bilder/gross.png")]


def test_heavy_pages_are_caught(tmp_path: Path) -> None:
    import random  # noqa: PLC0415 - only here

    write_site(tmp_path)
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=90_000))
    change(tmp_path, "assets/teil.js", "const NS", f"const x = '{noise}';\nconst NS")
    messages = [problem.message for problem in inspect(tmp_path) if problem.code == "KS609"]
    assert len(messages) == 4
    assert all("Skripte" in message for message in messages)
    links = "".join(f'<link rel="icon" href="assets/icon.svg?{number}">' for number in range(3))
    change(tmp_path, "index.html", "<title>", links + "<title>")
    for number in range(25):
        (tmp_path / "assets" / f"{number}.css").write_text("a{}", "utf-8")
    styles = "".join(f'<link rel="stylesheet" href="assets/{number}.css">' for number in range(25))
    change(tmp_path, "index.html", "<title>", styles + "<title>")
    assert [problem for problem in inspect(tmp_path) if "Anfragen" in problem.message]


@pytest.mark.parametrize("name", [".env", "a/.git/config", "notiz.md", "karte.js.map", "alt.html~", "schluessel.pem", "bau.py"])
def test_files_that_are_not_public_are_caught(name: str, tmp_path: Path) -> None:
    path = write_site(tmp_path) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", "utf-8")
    assert [problem.code for problem in inspect(tmp_path)] == ["KS613"]


@pytest.mark.parametrize("name", [".well-known/security.txt", "zwei/index.md", "_headers", "_redirects", ".nojekyll", "daten/a.json"])
def test_files_that_are_public_pass(name: str, tmp_path: Path) -> None:
    path = write_site(tmp_path) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", "utf-8")
    assert inspect(tmp_path) == []


def test_links_to_other_files_are_caught(tmp_path: Path) -> None:
    (write_site(tmp_path) / "passwoerter.txt").symlink_to("/etc/passwd")
    assert [problem.code for problem in inspect(tmp_path)] == ["KS613"]


def test_every_rule_can_fail() -> None:
    rules = {rule.__name__ for rule in RULES}
    assert rules == {"check_links", "check_loaded", "check_words", "check_descriptions", "check_addresses", "check_policies", "check_weights"}
    assert {defect[3] for defect in DEFECTS.values()} >= {"KS602", "KS603", "KS604", "KS605", "KS606", "KS607", "KS608", "KS610", "KS612", "KS614"}
    assert all(len(FILES[defect[0]]) for defect in DEFECTS.values() if defect[0] in FILES)
