"""Forms of the forges for people who propose an entry or report a fault, generated from the models.

GitHub and Gitea read forms (YAML), GitLab reads templates (Markdown). Both ask for
the same fields under the titles and with the explanations of the models; values of
lists can be chosen. What is sent is an issue, which somebody turns into a file.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from kreislaufstadt.checks.sources import NEED_SOURCES
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.values import Ref
from kreislaufstadt.scaffold import key_order
from kreislaufstadt.schema import INTRODUCTIONS, constraints, unwrap
from kreislaufstadt.validate import enum_choices, submodel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from kreislaufstadt.model.kinds import Kind

Element = dict[str, Any]
Choices = typing.Mapping[str, typing.Sequence[str]]

PROPOSALS = {
    "beispiel": "Beispiel vorschlagen",
    "kontakt": "Kontaktstelle vorschlagen",
    "kommune": "Kommune vorschlagen",
    "begriff": "Begriff vorschlagen",
}
"""The kinds that have a form, with its title."""

FOR_EDITORS = frozenset({"id", "frueher", "suchbegriffe", "geprueft", "geprueft_am", "naechste_pruefung", "ungeprueft", "verlinken"})
"""Fields that the editors fill in themselves."""

LICENCE = "Meine Angaben dürfen unter CC BY 4.0 veröffentlicht werden."
NO_PERSONS = "Meine Angaben nennen keine Personen ohne amtliche Quelle."
OWN_WORDS = "Ich habe mit eigenen Worten geschrieben und nichts ergänzt, was die Quelle nicht sagt."

GITHUB = ".github/ISSUE_TEMPLATE"
GITLAB = ".gitlab/issue_templates"


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form: ``form`` is input, textarea or dropdown."""

    key: str
    title: str
    description: str
    required: bool
    form: str
    choices: tuple[str, ...] = ()
    several: bool = False
    sample: str = ""


FAULT = (
    Question("seite", "Seite", "Adresse der Seite, um die es geht", required=True, form="input"),
    Question("falsch", "Was ist falsch oder veraltet?", "Ein Satz genügt", required=True, form="textarea"),
    Question("richtig", "Was ist richtig?", "Falls Sie es wissen", required=False, form="textarea"),
    Question("quelle", "Quelle", "Internetadresse, unter der die richtige Angabe steht", required=False, form="input"),
)
"""The questions of the form for faults."""


def build_forms(choices: Choices) -> dict[str, str]:
    """All forms and templates by path; ``choices`` holds the titles of each list's values."""
    head = "Bitte hier keine persönlichen Angaben machen: Was Sie schreiben, ist öffentlich."
    files = {
        f"{GITHUB}/config.yml": "blank_issues_enabled: true\n",
        f"{GITHUB}/fehler.yml": _github("Fehler melden", "Eine Angabe ist falsch oder veraltet.", head, FAULT, ("Fehler",)),
        f"{GITLAB}/Fehler.md": _gitlab("Eine Angabe ist falsch oder veraltet.", head, FAULT),
    }
    for name, title in PROPOSALS.items():
        kind = KINDS[name]
        asked = tuple(questions(kind, choices))
        about = f"{INTRODUCTIONS[name]} Sie brauchen dafür keine Datei zu schreiben."
        intro = f"{head} Was Sie nicht wissen, lassen Sie leer. Die Redaktion prüft die Quelle und legt die Seite an."
        files[f"{GITHUB}/{name}.yml"] = _github(title, about, intro, asked, ("Vorschlag", kind.singular))
        files[f"{GITLAB}/{kind.singular}.md"] = _gitlab(about, intro, asked)
    return dict(sorted(files.items()))


def questions(kind: Kind, choices: Choices) -> Iterator[Question]:
    """What the form of a kind asks, in the order of the file."""
    fields = {info.alias or name: info for name, info in kind.model.model_fields.items()}
    keys = [key for key in key_order(kind.model) if key not in FOR_EDITORS]
    sourced = issubclass(kind.model, NEED_SOURCES)
    for key in sorted(keys, key=lambda key: not (fields[key].is_required() or (sourced and key == "quellen"))):
        yield _question(key, fields[key], choices, required=fields[key].is_required() or (sourced and key == "quellen"))
    if kind.suffix == ".md":
        yield Question("text", "Text", "Worum geht es? In ganzen, kurzen Sätzen", required=False, form="textarea")


def _question(key: str, info: FieldInfo, choices: Choices, *, required: bool) -> Question:
    annotation, metadata = unwrap(info.annotation, tuple(info.metadata))
    several = typing.get_origin(annotation) is tuple
    if several:
        annotation, metadata = unwrap(typing.get_args(annotation)[0], ())
    title, text = str(info.title), str(info.description)
    model = submodel(annotation)
    if model is not None:
        note = " Für jede weitere Angabe die Zeilen wiederholen." if several else ""
        return Question(key, title, f"{text}.{note}", required, "textarea", sample=_lines(model))
    words: Sequence[str] = ("ja", "nein") if annotation is bool else enum_choices(annotation)
    for part in constraints(metadata):
        if isinstance(part, Ref):
            words = choices.get(part.kinds[0], ()) if part.kinds[0] in LISTS else ()
            text = f"{text} oder Name" if "Kennung" in text and part.kinds[0] not in LISTS else text
    if words:
        plain = text.partition("Kennung")[0].strip() or "Bitte auswählen"
        return Question(key, title, plain, required, "dropdown", tuple(words), several)
    if several:
        return Question(key, title, f"{text}; eine Angabe je Zeile", required, "textarea")
    long = any((getattr(part, "max_length", None) or 0) > 400 for part in constraints(metadata)) and key not in {"url", "webseite"}
    return Question(key, title, text, required, "textarea" if long else "input")


def _lines(model: type[BaseModel]) -> str:
    """The parts of a field, one line each, to be filled in."""
    fields = model.model_fields.values()
    return "\n".join(f"{info.title}{' (Pflicht)' if info.is_required() else ''}: " for info in fields)


def _github(title: str, about: str, intro: str, asked: Sequence[Question], labels: Sequence[str]) -> str:
    body: list[Element] = [{"type": "markdown", "attributes": {"value": intro}}, *map(_element, asked)]
    consent = [{"label": text, "required": True} for text in (OWN_WORDS, NO_PERSONS, LICENCE)]
    body.append({"type": "checkboxes", "id": "einverstanden", "attributes": {"label": "Einverständnis", "options": consent}})
    form = {"name": title, "description": about, "title": f"{title}: ", "labels": list(labels), "body": body}
    return _HEAD + yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=120)


_HEAD = "# Generated from the models: kreislaufstadt formulare\n"


def _element(question: Question) -> Element:
    attributes: Element = {"label": question.title, "description": question.description}
    if question.choices:
        attributes |= {"multiple": question.several, "options": list(question.choices)}
    if question.sample:
        attributes["value"] = question.sample
    return {"type": question.form, "id": question.key, "attributes": attributes, "validations": {"required": question.required}}


def _gitlab(about: str, intro: str, asked: Sequence[Question]) -> str:
    lines = [f"<!-- {about} {intro} -->", ""]
    for question in asked:
        lines += [f"### {question.title}{' (Pflicht)' if question.required else ''}", "", f"<!-- {question.description} -->", ""]
        if question.choices:
            lines += [*(f"- [ ] {choice}" for choice in question.choices), ""]
        elif question.sample:
            lines += [*(f"- {line}" for line in question.sample.splitlines()), ""]
    return "\n".join([*lines, "### Einverständnis", "", *(f"- [ ] {text}" for text in (OWN_WORDS, NO_PERSONS, LICENCE)), ""])


def write_forms(root: Path, choices: Mapping[str, Sequence[str]]) -> list[Path]:
    """Write all forms below the project's folder and return those that changed."""
    changed = []
    for name, text in build_forms(choices).items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
