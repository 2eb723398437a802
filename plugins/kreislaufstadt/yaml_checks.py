"""YAML as content uses it: a loader that leaves every scalar text, and what is refused before parsing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.yaml_faults import describe_yaml_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

MAX_DEPTH = 20
"""Deepest nesting of lists and fields; real entries need four."""

_SHORTHAND = re.compile(r"[&*](?<![^\s\[,{:-].)[^\s,\]}&*]")
_MERGE = re.compile(r"<<\s*:")
_INDENT = " " * (MAX_DEPTH + 1)
_DEEP = re.compile(rf"[-?:][ \t]+(?:[-?:][ \t]+){{{MAX_DEPTH}}}")
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_TAG = re.compile(r"!(?<![^\s\[,{:-].)")
_BASE: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class TextLoader(_BASE):  # type: ignore[misc] # a class chosen at run time
    """Composes nodes without guessing types: asking PyYAML's resolver for every node takes half the time."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        """Every scalar is text."""
        return _TAGS[kind]

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """No path resolvers are in use."""

    def ascend_resolver(self) -> None:
        """No path resolvers are in use."""


def check_yaml(file: str, text: str, offset: int) -> list[Problem]:
    """Name tabs, deep nesting and shorthand; text with any of them is not parsed."""
    return _check_tabs(file, text, offset) or _check_depth(file, text, offset) or _check_shorthand(file, text, offset)


def _check_tabs(file: str, text: str, offset: int) -> list[Problem]:
    if "\t" not in text:
        return []
    advice = "Bitte den Tabulator durch zwei Leerzeichen je Ebene ersetzen."
    return [
        Problem(
            Place(file, offset + number, line.index("\t") + 1),
            "KS106",
            "Die Zeile ist mit einem Tabulator eingerückt.",
            advice,
        )
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]


def _check_depth(file: str, text: str, offset: int) -> list[Problem]:
    """Refuse deep nesting before the parser, which recurses, meets it."""
    indented = _INDENT in text and re.search(rf"(?m)^{_INDENT}", text)
    if text.count("[") + text.count("{") <= MAX_DEPTH and not indented and not _DEEP.search(text):
        return []
    depth = 0
    try:
        for token in yaml.scan(text, Loader=TextLoader):
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > MAX_DEPTH:
                return [depth_problem(file, offset + token.start_mark.line + 1)]
    except yaml.YAMLError:
        pass
    return []


def depth_problem(file: str, line: int) -> Problem:
    """Make the problem of nesting that no real entry needs."""
    message = f"Die Angaben sind tiefer als {MAX_DEPTH} Ebenen verschachtelt."
    return Problem(Place(file, line, 1), "KS114", message, "Bitte die Klammern oder die Einrückung berichtigen.")


def _check_shorthand(file: str, text: str, offset: int) -> list[Problem]:
    """Refuse anchors, aliases, merge keys and tags: they hide data and can explode."""
    marks = ("&" in text or "*" in text) and _SHORTHAND.search(text)
    if marks or ("<<" in text and _MERGE.search(text)) or ("!" in text and _TAG.search(text)):
        return list(_shorthand_problems(file, text, offset))
    return []


def _shorthand_problems(file: str, text: str, offset: int) -> Iterator[Problem]:
    signs = {yaml.AnchorToken: "&", yaml.AliasToken: "*", yaml.TagToken: "!"}
    try:
        for token in yaml.scan(text, Loader=TextLoader):
            sign = signs.get(type(token))
            if sign or (isinstance(token, yaml.ScalarToken) and token.value == "<<" and token.plain):
                mark = token.start_mark
                message = f"Hier steht die YAML-Kurzschreibweise „{sign or '<<'}“."
                advice = "Bitte den Wert ausschreiben; gehört das Zeichen zum Text, den Text in Anführungszeichen setzen."
                yield Problem(Place(file, offset + mark.line + 1, mark.column + 1), "KS109", message, advice)
    except yaml.YAMLError as error:
        yield describe_yaml_error(file, text, offset, error)
