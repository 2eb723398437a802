"""Raw data of a source into a typed entry, or German problems with places."""

from __future__ import annotations

import difflib
import re
import types
import typing
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from kreislaufstadt.source import Source

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def validate_data(
    source: Source, data: dict[str, Any], model: type[M], at: Path = ()
) -> tuple[M | None, list[Problem]]:
    """Validate ``data`` (standing at path ``at`` of the source) as ``model``.

    Fields left empty (``telefon:``) count as absent. The value is missing if there
    is any problem; all problems of the data are returned at once.
    """
    try:
        return model.model_validate(drop_empty(data)), []
    except ValidationError as error:
        problems = [_describe(source, model, at, detail) for detail in error.errors(include_url=False)]
        return None, problems


def drop_empty(data: Any) -> Any:
    """Remove empty texts, lists and mappings, which editors leave behind in templates."""
    if isinstance(data, dict):
        cleaned = {key: value if isinstance(value, str) else drop_empty(value) for key, value in data.items()}
        return {key: value for key, value in cleaned.items() if value or value not in ("", [], {})}
    if isinstance(data, list):
        return [item for item in map(drop_empty, data) if item or item not in ("", [], {})]
    return data


def suggest(word: str, choices: Sequence[str]) -> str:
    """Write „Meinten Sie …?“ if one of the choices is close, otherwise nothing."""
    close = difflib.get_close_matches(word.lower(), choices, n=1, cutoff=0.7)
    if not close and len(word) >= 4:
        close = [choice for choice in choices if word.lower() in choice][:1]
    return f"Meinten Sie „{close[0]}“?" if close else ""


def _describe(source: Source, model: type[BaseModel], at: Path, detail: ErrorDetails) -> Problem:
    path: Path = at + tuple(detail["loc"])
    name = _field_name(path)
    kind = detail["type"]
    if kind == "missing":
        return _missing(source, model, at, detail["loc"], name)
    if kind == "extra_forbidden":
        return _unknown(source, model, at, detail["loc"], name)
    place = source.place(path)
    if kind == "wert":
        context = detail["ctx"]
        advice = _nearest_id(context, detail["input"], field_at(model, tuple(detail["loc"]))) or context["advice"]
        return Problem(place, context["code"], f"„{name}“: {context['message']}", advice)
    if kind == "enum":
        return _not_a_choice(source, model, path, detail, name)
    code, message, advice = _SHAPES.get(kind, _UNEXPECTED)
    advice = _slip_of_form(kind, detail["input"]) or advice
    shown = {**detail.get("ctx", {}), "name": name, "value": _shown(detail["input"])}
    if kind in {"greater_than_equal", "less_than_equal"} and name in {"breite", "laenge"}:
        code = "KS214"
    return Problem(place, code, message.format(**shown), advice.format(**shown))


_AS_LIST = "Bitte jeden Wert in eine eigene Zeile mit „- “ davor setzen."
_AS_TEXT = "Bitte einen Text in dieselbe Zeile schreiben."
_AS_FIELDS = "Bitte darunter eingerückte Felder schreiben, so wie in der Vorlage."
_UNEXPECTED = ("KS203", "„{name}“ hat nicht die erwartete Form: {value}.", "Bitte mit der Vorlage vergleichen.")
_SHAPES: dict[str, tuple[str, str, str]] = {
    "string_type": ("KS203", "„{name}“ muss ein Text sein, hier stehen mehrere Angaben: {value}.", _AS_TEXT),
    "tuple_type": ("KS203", "„{name}“ muss eine Liste sein, hier steht {value}.", _AS_LIST),
    "model_type": ("KS203", "„{name}“ muss Unterfelder haben, hier steht {value}.", _AS_FIELDS),
    "model_attributes_type": ("KS203", "„{name}“ muss Unterfelder haben, hier steht {value}.", _AS_FIELDS),
    "string_too_long": ("KS211", "„{name}“ ist länger als {max_length} Zeichen.", "Bitte kürzen."),
    "too_long": ("KS211", "„{name}“ ist länger als {max_length} Zeichen.", "Bitte kürzen."),
    "string_too_short": ("KS211", "„{name}“ ist zu kurz.", "Bitte ergänzen."),
    "greater_than_equal": ("KS205", "„{name}“ ist {value}, kleinster erlaubter Wert ist {ge}.", "Bitte berichtigen."),
    "less_than_equal": ("KS205", "„{name}“ ist {value}, größter erlaubter Wert ist {le}.", "Bitte berichtigen."),
}


def _nearest_id(context: dict[str, Any], value: Any, info: FieldInfo | None) -> str:
    """The id that was meant by a name in capitals, a file name or an address; for a title, what is asked for instead."""
    if "keine gültige Kennung" not in context["message"] or not isinstance(value, str):
        return ""
    plain = re.sub(r"\.(?:md|yml)$", "", value.rstrip("/").rpartition("/")[2]).lower()
    meant = re.sub(r"[^a-z0-9]+", "-", plain.translate(_UMLAUTS)).strip("-")
    if info and str(info.description).startswith("Kennung") and meant != plain:
        return f"Bitte die Kennung statt des Titels schreiben ({info.description}): kleine Buchstaben, Ziffern, Bindestriche."
    return f"Meinten Sie „{meant}“? Erlaubt sind kleine Buchstaben, Ziffern und Bindestriche." if meant and len(meant) <= 80 else ""


def _slip_of_form(kind: str, value: Any) -> str:
    """What to do about the usual reasons for a wrong form."""
    if kind == "tuple_type" and isinstance(value, dict):
        return "Bitte vor das erste Feld „- “ setzen und die anderen darunter einrücken, so wie in der Vorlage."
    if kind == "tuple_type" and isinstance(value, str) and re.match(r"[-–—•*·](?! )|[–—•·]|\d+[.)] ", value):
        return "Bitte jede Zeile mit einem kurzen Bindestrich und einem Leerzeichen beginnen: „- “."
    if kind == "string_type" and isinstance(value, dict) and len(value) == 1:
        return "Bitte den Text in gerade einfache Anführungszeichen setzen, wenn er einen Doppelpunkt enthält: '…'."
    return ""


def _field_name(path: Path) -> str:
    """The last field name of a path; list items are counted as editors do, from 1."""
    names = [step for step in path if isinstance(step, str)]
    return names[-1] if names else "Eintrag"


def _shown(value: Any) -> str:
    """A found value in the words of an editor: lists item by item, fields by name."""
    parts = value if isinstance(value, list) else [f"{key}: …" for key in value] if isinstance(value, dict) else [value]
    text = ", ".join(f"„{part}“" if isinstance(part, str) else "…" for part in parts)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _missing(source: Source, model: type[BaseModel], at: Path, loc: Path, name: str) -> Problem:
    info = field_at(model, loc)
    hint = f" ({info.description})" if info and info.description else ""
    parent = _field_name(at + loc[:-1]) if len(at + loc) > 1 else ""
    where = f" in „{parent}“" if parent else ""
    message = f"Pflichtfeld „{name}“ fehlt{where}."
    return Problem(source.place(at + loc), "KS201", message, f"Bitte ergänzen: {name}: …{hint}")


def _unknown(source: Source, model: type[BaseModel], at: Path, loc: Path, name: str) -> Problem:
    owner = model_at(model, loc[:-1])
    choices = [field.alias or key for key, field in owner.model_fields.items()] if owner else []
    advice = suggest(name, choices) or _home_of((owner, model), name) or "Bitte das Feld löschen oder mit der Vorlage vergleichen."
    return Problem(source.place(at + loc, key=True), "KS202", f"Das Feld „{name}“ gibt es hier nicht.", advice)


def _home_of(owners: Sequence[type[BaseModel] | None], name: str) -> str:
    """Where a field belongs that stands at another level, or that is a sentence."""
    if " " in name:
        return "Bitte zwei Leerzeichen davor setzen, wenn das kein Feld ist, sondern zum Text darüber gehört."
    for owner in owners:
        for key, info in owner.model_fields.items() if owner else ():
            inner, home = submodel(info.annotation), info.alias or key
            if inner and name in {part.alias or field for field, part in inner.model_fields.items()}:
                return f"Bitte prüfen, ob es unter „{home}:“ gehört und die Zeile {home}: darüber fehlt oder noch mit # beginnt."
    return ""


def _not_a_choice(source: Source, model: type[BaseModel], path: Path, detail: ErrorDetails, name: str) -> Problem:
    info = field_at(model, tuple(detail["loc"]))
    choices = enum_choices(info.annotation) if info else []
    value = str(detail["input"])
    advice = suggest(value, choices) or "Bitte einen der Werte übernehmen."
    message = f"„{name}“ kennt den Wert „{value}“ nicht; zur Auswahl stehen: {', '.join(choices)}."
    return Problem(source.place(path), "KS206", message, advice)


def enum_choices(annotation: Any) -> list[str]:
    """The values of the enumeration in an annotation, in order."""
    for part in (annotation, *typing.get_args(annotation)):
        if isinstance(part, type) and issubclass(part, Enum):
            return [str(choice.value) for choice in part]
    return []


def field_at(model: type[BaseModel], loc: Path) -> FieldInfo | None:
    """The declared field that an error location names."""
    names = [step for step in loc if isinstance(step, str)]
    owner = model_at(model, tuple(names[:-1]))
    if owner is None or not names:
        return None
    return next((info for key, info in owner.model_fields.items() if (info.alias or key) == names[-1]), None)


def model_at(model: type[BaseModel], loc: Path) -> type[BaseModel] | None:
    """The model that a location leads to, or nothing if it ends in a scalar."""
    current: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int):
            continue
        if current is None:
            return None
        info = next((info for key, info in current.model_fields.items() if (info.alias or key) == step), None)
        current = submodel(info.annotation) if info else None
    return current


def submodel(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as ``tuple[Citation, ...] | None``."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    for part in typing.get_args(annotation):
        found = submodel(part)
        if found:
            return found
    return None
