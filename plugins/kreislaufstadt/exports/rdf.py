"""RDF as bytes that never change: one writer for Turtle and one for JSON-LD, both sorted, both for graphs without blank nodes.

rdflib's own serialisers take five times as long and promise no order.
"""

from __future__ import annotations

import json
import re
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
_NAME_SIGNS = f"{ascii_letters}{digits}_-"


def write_turtle(graph: Graph) -> bytes:
    """A graph as Turtle: prefixes, then one block per subject."""
    names = _Names({str(space): prefix for prefix, space in graph.namespaces()})
    blocks: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in graph:
        verb = "a" if predicate == RDF.type else names.of(predicate)
        blocks.setdefault(names.of(subject), {}).setdefault(verb, []).append(names.of(value))
    head = [f"@prefix {prefix}: <{space}> ." for space, prefix in sorted(names.used().items(), key=lambda pair: pair[1])]
    body = [f"\n{subject} {_verbs(blocks[subject])} ." for subject in sorted(blocks)]
    return "\n".join([*head, *body, ""]).encode()


def _verbs(block: Mapping[str, Iterable[str]]) -> str:
    """What is said of a subject; its type comes first."""
    order = sorted(block, key=lambda verb: (verb != "a", verb))
    return " ;\n    ".join(f"{verb} {', '.join(sorted(block[verb]))}" for verb in order)


class _Names:
    """Nodes as Turtle says them, shortened by the prefixes; remembers which were used."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        self._spaces = spaces
        self._known: dict[URIRef | Literal, str] = {}
        self._used: set[str] = set()

    def used(self) -> dict[str, str]:
        return {space: prefix for space, prefix in self._spaces.items() if space in self._used}

    def of(self, node: Any) -> str:
        if node not in self._known:
            self._known[node] = self._literal(node) if isinstance(node, Literal) else self._address(str(node))
        return self._known[node]

    def _address(self, text: str) -> str:
        start = len(text.rstrip(_NAME_SIGNS))
        space, name = text[:start], text[start:]
        if space in self._spaces and _LOCAL.fullmatch(name):
            self._used.add(space)
            return f"{self._spaces[space]}:{name}"
        return URIRef(text).n3()

    def _literal(self, literal: Literal) -> str:
        if literal.datatype is None:
            return literal.n3()
        return f"{Literal(str(literal)).n3()}^^{self._address(str(literal.datatype))}"


def write_json_ld(graph: Graph) -> bytes:
    """A graph without blank nodes as expanded JSON-LD, one node a line, everything sorted."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in sorted(graph, key=_order):
        node = nodes.setdefault(str(subject), {"@id": str(subject)})
        if predicate == RDF.type:
            node.setdefault("@type", []).append(str(value))
        else:
            node.setdefault(str(predicate), []).append(_value(value))
    lines = (json.dumps(node, ensure_ascii=False) for node in nodes.values())
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _order(triple: tuple[Any, Any, Any]) -> tuple[str, ...]:
    """Subject, predicate, value as plain text: nodes of rdflib compare slowly."""
    subject, predicate, value = triple
    return (str(subject), str(predicate), str(value), str(getattr(value, "language", "") or ""))


def _value(value: Any) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    return {"@value": str(value), "@type": str(value.datatype)} if value.datatype else {"@value": str(value)}
