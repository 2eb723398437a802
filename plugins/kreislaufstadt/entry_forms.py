"""Forms in the browser for new entries: fields in the order of the file, with the rules of the models.

The browser repeats the rules to answer at once; what it says are the models' own
sentences. They are found by asking the models about values that must fail.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, TypeAdapter, ValidationError

from kreislaufstadt.catalog import ENTRY_KINDS
from kreislaufstadt.checks.sources import NEED_SOURCES
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.values import PartialDate, Pattern, Quantity, Ref
from kreislaufstadt.scaffold import Draft, build_template, key_order
from kreislaufstadt.schema import constraints, unwrap
from kreislaufstadt.validate import enum_choices, submodel

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.kinds import Kind

Rule = dict[str, Any]

LEFT_OUT = {
    "beispiel": frozenset({"id", "geprueft", "ungeprueft", "suchbegriffe", "frueher", "stand", "indikatoren", "rahmen", "kontakte"}),
    "kontakt": frozenset({"id", "geprueft", "ungeprueft", "suchbegriffe", "frueher", "stand", "art", "person", "fax", "geprueft_am", "naechste_pruefung"}),
}
"""Fields that the editors fill in themselves, by kind with a form; no form asks for persons."""

IN_SOURCES = frozenset({"archiv_url", "kuerzel", "hinweis"})
"""Parts of a source that a proposer need not know."""

CONSTANTS = {"beispiel": (), "kontakt": (("art", "funktion"),)}
"""Fields that a form fills in by itself."""

VALUE = "{wert}"
"""Stands for what was typed in a message, and is itself no valid value of any type."""

_PROBES = {"form": VALUE, "zero": "2024-00", "calendar": "2024-02-31", "day": "2024-05", "point": "13.9", "comma": "5,321", "spaced": "5 321"}
"""Values that fail each in their own way."""

_WAYS = {"date": ("form", "zero", "calendar"), "day": ("form", "zero", "calendar", "day"), "quantity": ("form", "point", "comma", "spaced")}
"""The ways to fail that a type knows beside having the wrong form."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: ``form`` is input, textarea, select, checkboxes, lines (one value per line), group or repeat."""

    key: str
    title: str
    hint: str
    required: bool
    form: str
    choices: tuple[tuple[str, str], ...] = ()
    rule: Rule = field(default_factory=dict)
    parts: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of a kind: where the file belongs, which ids are taken, what texts can link to, what is asked, the template to copy instead."""

    kind: Kind
    fields: tuple[FormField, ...]
    constants: tuple[tuple[str, str], ...]
    taken: tuple[str, ...]
    known: dict[str, dict[str, tuple[str, ...]]]
    id_rule: Rule
    template: str


def derive_form(catalog: Catalog, name: str, today: dt.date) -> EntryForm:
    """The form of a kind with the values that the catalogue allows."""
    kind = KINDS[name]
    infos = _infos(kind.model)
    needed = {key for key, info in infos.items() if info.is_required()} | ({"quellen"} if issubclass(kind.model, NEED_SOURCES) else set())
    fields = [
        replace(made, required=key in needed)
        for key in key_order(kind.model)
        if key not in LEFT_OUT[name] and (made := _field(catalog, key, infos[key])) is not None
    ]
    if kind.suffix == ".md":
        hint = "Worum geht es? Kurze Sätze, eigene Worte. Leerzeilen trennen Absätze."
        fields.append(FormField("body", "Text", hint, required=False, form="textarea", rule={"type": "prose", "most": 20000}))
    words = {listed: tuple(catalog.names(listed)) for listed in LISTS}
    template = build_template(kind, Draft(today, CONSTANTS_BY_KEY[name], words))
    id_info = infos["id"]
    known = known_ids(catalog) if kind.suffix == ".md" else {}
    return EntryForm(kind, tuple(fields), CONSTANTS[name], tuple(catalog.names(name)), known, rule_of(id_info.annotation, tuple(id_info.metadata)), template)


CONSTANTS_BY_KEY = {name: dict(rows) for name, rows in CONSTANTS.items()}


def known_ids(catalog: Catalog) -> dict[str, dict[str, tuple[str, ...]]]:
    """What a text can link to, by kind: entries with and without their kind, values of lists only with it."""
    return {
        "entries": {kind: tuple(catalog.names(kind)) for kind in ENTRY_KINDS if catalog.names(kind)},
        "lists": {kind: tuple(catalog.names(kind)) for kind in LISTS if catalog.names(kind)},
    }


def _infos(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items() if name != "body"}


def _field(catalog: Catalog, key: str, info: FieldInfo) -> FormField | None:
    annotation, metadata = unwrap(info.annotation, tuple(info.metadata))
    several = typing.get_origin(annotation) is tuple
    if several:
        annotation, metadata = unwrap(typing.get_args(annotation)[0], ())
    made = FormField(key, str(info.title), str(info.description), info.is_required(), "input")
    model = submodel(annotation)
    if model is not None:
        inner = [_field(catalog, name, part) for name, part in _infos(model).items() if not (key == "quellen" and name in IN_SOURCES)]
        return replace(made, form="repeat" if several else "group", parts=tuple(part for part in inner if part is not None))
    choices = tuple(_choices(catalog, annotation, metadata))
    if choices:
        return replace(made, form="checkboxes" if several else "select", choices=choices, hint=_without_file(made.hint))
    rule = rule_of(annotation, metadata)
    if several:
        return replace(made, form="lines", rule=rule, hint=f"{made.hint}. Eine Angabe je Zeile.")
    return replace(made, form="textarea" if rule["type"] == "text" and rule.get("most", 0) > 400 else "input", rule=rule)


def _without_file(hint: str) -> str:
    """Drop the name of a file from the explanation of a choice."""
    return "" if hint.startswith("Kennung") else hint


def _choices(catalog: Catalog, annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    """Allowed values with their titles: of an enumeration, a list, or entries."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from ((value, value) for value in enum_choices(annotation))
    elif annotation is bool:
        yield from (("ja", "ja"), ("nein", "nein"))
    for part in constraints(metadata):
        if isinstance(part, Ref):
            for kind in part.kinds:
                found: Sequence[Any] = catalog.items(kind) if kind in LISTS else catalog.entries(kind)
                yield from ((item.id, item.title) for item in found)


def rule_of(annotation: Any, metadata: tuple[Any, ...]) -> Rule:
    """The rules of a value in the form the browser reads, with the messages for each way to fail."""
    annotation, metadata = unwrap(annotation, metadata)
    found = list(constraints(metadata))
    rule: Rule = {"type": _type(annotation, found)}
    for part in found:
        if isinstance(part, Pattern):
            rule["pattern"] = part.pattern
        if rule["type"] in {"integer", "decimal"}:
            rule |= {name: limit for name, key in (("least", "ge"), ("greatest", "le")) if (limit := getattr(part, key, None)) is not None}
        most = getattr(part, "max_length", None)
        if most is not None:
            rule["most"] = min(most, rule.get("most", most))
    if annotation is Quantity:
        rule["most"] = 60
    faults = {name: fault for name in _WAYS.get(rule["type"], ("form",)) if (fault := _fault(annotation, metadata, _PROBES[name]))}
    return rule | ({"faults": faults} if faults else {})


def _type(annotation: Any, found: list[Any]) -> str:
    after = any(isinstance(part, AfterValidator) for part in found)
    if annotation is PartialDate:
        return "day" if after else "date"
    names = {Quantity: "quantity", int: "integer", float: "decimal"}
    return names.get(annotation) or ("url" if after else "text")


def _fault(annotation: Any, metadata: tuple[Any, ...], probe: str) -> dict[str, str] | None:
    """The code, message and advice for a value that fails, with a place for the value."""
    try:
        TypeAdapter(Annotated[annotation, *metadata] if metadata else annotation).validate_python(probe)
    except ValidationError as error:
        context = error.errors(include_url=False)[0].get("ctx", {})
        if "code" in context:
            return {"code": context["code"], "message": context["message"].replace(probe, VALUE), "advice": context["advice"]}
    return None
