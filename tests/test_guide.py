"""The editors' guide keeps its promises: every code explained, every template usable, every command real."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kreislaufstadt.cli import COMMANDS, build_parser, command_name
from kreislaufstadt.load import load_content
from kreislaufstadt.model.kinds import KINDS, Kind
from kreislaufstadt.model.pictures import Picture
from kreislaufstadt.problems import CODES
from kreislaufstadt.references import mask_code
from kreislaufstadt.scaffold import Draft, build_template, field_table
from kreislaufstadt.source import read_source
from kreislaufstadt.urls import slugify
from kreislaufstadt.validate import validate_data

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = Path(__file__).parents[1] / "content"
GUIDE = CONTENT / "mitmachen"
DAY = dt.date(2026, 1, 31)
"""The day shown in printed templates; ``new`` writes the day it runs on."""

EACH_TEMPLATE = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
FENCE = re.compile(r"(?ms)^```yaml\n(.*?)^```$")


@pytest.fixture(scope="module")
def draft() -> Draft:
    loaded = load_content(CONTENT)
    return Draft(DAY, list_values={name: tuple(items) for name, items in loaded.items.items()})


def read_page(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def test_every_code_has_one_section_with_its_title() -> None:
    headings = re.findall(r"(?m)^## (.+?) *$", mask_code(read_page("fehler")))
    assert headings == [f"{code.name}: {code.title}" for code in CODES.values()]


def test_the_anchor_of_a_section_is_the_code() -> None:
    assert slugify("KS201: Pflichtfeld fehlt") == "ks201"


def test_sections_say_the_severity_and_what_to_do() -> None:
    for section in re.split(r"\n## (?=KS)", read_page("fehler"))[1:]:
        code = section[:5]
        assert section.splitlines()[2].startswith(f"**{CODES[code].severity}** – "), code
        assert len(section.split("\n\n")) >= 3, code


@EACH_TEMPLATE
@pytest.mark.golden
def test_template_pages_show_the_templates_of_the_models(kind: Kind, draft: Draft, golden: Callable[[Path, str], None]) -> None:
    page = read_page(f"vorlage-{kind.name}")
    page = FENCE.sub(lambda _: f"```yaml\n{build_template(kind, draft)}```", page, count=1)
    page = re.sub(r"(?m)(?:^\|.*\n)+", lambda _: field_table(kind), page, count=1)
    golden(GUIDE / f"vorlage-{kind.name}.md", page)


@EACH_TEMPLATE
def test_printed_templates_are_valid_entries(kind: Kind) -> None:
    found = FENCE.search(read_page(f"vorlage-{kind.name}"))
    assert found
    source, problems = read_source(f"x{kind.suffix}", found[1].encode())
    assert source is not None, problems
    entry, problems = validate_data(source, {**source.data, "id": "x"}, kind.model)
    assert entry is not None, [str(problem) for problem in problems]


def test_the_printed_credit_of_a_picture_is_complete() -> None:
    found = FENCE.search(read_page("vorlage-bildnachweis"))
    assert found
    uncovered = re.sub(r"(?m)^# (?=[a-z_]+:)", "", found[1])
    for text, most in ((found[1], {"titel", "urheber", "lizenz", "lizenz_url", "herkunft"}), (uncovered, {info.alias or name for name, info in Picture.model_fields.items()})):
        source, problems = read_source("x.yml", text.encode())
        assert source is not None, problems
        assert set(source.data) == most
        assert validate_data(source, source.data, Picture)[1] == []


def test_the_finished_example_of_the_guide_is_a_valid_entry() -> None:
    found = FENCE.search(read_page("beispiel-vorschlagen"))
    assert found
    source, problems = read_source("x.md", found[1].encode())
    assert source is not None, problems
    assert not validate_data(source, {**source.data, "id": "x", "body": source.body}, KINDS["beispiel"].model)[1]


def test_every_kind_that_editors_write_is_in_the_overview() -> None:
    overview = read_page("vorlagen")
    for name in (*KINDS, "bildnachweis"):
        assert f"[[mitmachen:vorlage-{name}]]" in overview


def test_commands_of_the_guide_exist_with_their_flags(capsys: pytest.CaptureFixture[str]) -> None:
    page = read_page("kommandos")
    named = set(re.findall(r"kreislaufstadt (\w+)", page))
    assert {"check", "new", "schema"} <= named <= set(map(command_name, COMMANDS))
    help_text = ""
    for command in named:
        with pytest.raises(SystemExit):
            build_parser(command).parse_args([command, "--help"])
        help_text += capsys.readouterr().out
    for flag in set(re.findall(r"--[a-z]+", page)):
        assert flag in help_text, flag


def test_pages_speak_to_editors_in_short_sentences() -> None:
    for path in sorted(GUIDE.glob("*.md")):
        text = re.sub(r"(?ms)^---.*?^---|^```.*?^```|^\|.*?$", "", path.read_text(encoding="utf-8"))
        sentences = [re.sub(r"\s+", " ", part) for part in re.split(r"[.!?:](?:\s|$)|\n\s*\n|\n\s*[-\d]", text)]
        long = [sentence for sentence in sentences if len(sentence.split()) > 28]
        assert not long, f"{path.name}: {long}"


def test_every_step_of_the_form_has_its_picture_made_by_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CONTENT.parent / "scripts"))
    steps = set(importlib.import_module("guide_pictures").STEPS)
    page = read_page("beispiel-vorschlagen")
    shown = {name: alt for alt, name in re.findall(r"!\[([^\]]+)\]\(\.\./bilder/(anleitung-[a-z-]+)\.png\)", page)}
    assert set(shown) == steps == {path.stem for path in (CONTENT / "bilder").glob("anleitung-*.png")}
    assert all(len(alt) > 60 for alt in shown.values()), "the words say what the picture shows"
    assert page.count("### Schritt ") == len(steps) + 1
