"""RDF as bytes that never change: graphs without blank nodes, one writer for Turtle and one for JSON-LD, both sorted.

A graph is a set of statements, and to write one takes a page of code; a library for RDF takes
longer to load than all our graphs to write, and promises no order. The tests read the files with one.
"""

from __future__ import annotations

import json
import re
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
_NAME_SIGNS = f"{ascii_letters}{digits}_-"
_NO_ADDRESS = re.compile(r'[<>" {}|\\^`]')


class Address(str):
    """A node that is named by its address."""

    __slots__ = ()


class Literal(NamedTuple):
    """A node that is a text, with its language or the address of its type."""

    text: str
    language: str = ""
    datatype: str = ""


Node = Address | Literal


class Namespace:
    """A vocabulary: its terms are attributes."""

    def __init__(self, address: str) -> None:
        """Keep the address that all terms begin with."""
        self.address = address

    def __getattr__(self, name: str) -> Address:
        """The term of that name, remembered as an attribute."""
        if name.startswith("_"):
            raise AttributeError(name)
        term = Address(self.address + name)
        setattr(self, name, term)
        return term


DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")


class Graph:
    """Statements, each once; ``prefixes`` are the vocabularies by the short names that Turtle gives them."""

    def __init__(self, prefixes: Mapping[str, Namespace]) -> None:
        """Begin without statements."""
        self.prefixes = {space.address: prefix for prefix, space in prefixes.items()}
        self.statements: set[tuple[Address, Address, Node]] = set()

    def add(self, *statements: tuple[Address, Address, Node]) -> None:
        """Add statements of subject, predicate and value."""
        self.statements.update(statements)

    def describe(self, subject: Address, *said: tuple[Address, Node]) -> None:
        """Say several things of one subject."""
        self.statements.update([(subject, predicate, value) for predicate, value in said])


def write_turtle(graph: Graph) -> bytes:
    """A graph as Turtle: prefixes, then one block per subject."""
    names = _Names(graph.prefixes)
    blocks: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in graph.statements:
        verb = "a" if predicate == RDF.type else names[predicate]
        blocks.setdefault(names[subject], {}).setdefault(verb, []).append(names[value])
    head = [f"@prefix {prefix}: <{space}> ." for space, prefix in sorted(names.used().items(), key=lambda pair: pair[1])]
    body = [f"\n{subject} {_verbs(blocks[subject])} ." for subject in sorted(blocks)]
    return "\n".join([*head, *body, ""]).encode()


def _verbs(block: Mapping[str, Iterable[str]]) -> str:
    """What is said of a subject; its type comes first."""
    order = sorted(block, key=lambda verb: (verb != "a", verb))
    return " ;\n    ".join(f"{verb} {', '.join(sorted(block[verb]))}" for verb in order)


class _Names(dict[Node, str]):
    """Nodes as Turtle says them, shortened by the prefixes; remembers which were used."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        super().__init__()
        self._spaces = spaces
        self._used: set[str] = set()

    def used(self) -> dict[str, str]:
        return {space: prefix for space, prefix in self._spaces.items() if space in self._used}

    def __missing__(self, node: Node) -> str:
        name = self[node] = self._literal(node) if isinstance(node, Literal) else self._address(node)
        return name

    def _address(self, text: str) -> str:
        start = len(text.rstrip(_NAME_SIGNS))
        space, name = text[:start], text[start:]
        if space in self._spaces and _LOCAL.fullmatch(name):
            self._used.add(space)
            return f"{self._spaces[space]}:{name}"
        if _NO_ADDRESS.search(text):
            message = f"{text!r} is no address that can be written in Turtle"
            raise ValueError(message)
        return f"<{text}>"

    def _literal(self, literal: Literal) -> str:
        text = _quote(literal.text)
        if literal.language:
            return f"{text}@{literal.language}"
        return f"{text}^^{self._address(literal.datatype)}" if literal.datatype else text


def _quote(text: str) -> str:
    """A text between quotation marks: three where it has several lines."""
    plain = text.replace("\\", "\\\\").replace("\r", "\\r")
    if "\n" not in text:
        return '"' + plain.replace('"', '\\"') + '"'
    plain = plain.replace('"""', '\\"\\"\\"')
    if plain.endswith('"') and not plain.endswith('\\"'):
        plain = plain[:-1] + '\\"'
    return f'"""{plain}"""'


def write_json_ld(graph: Graph) -> bytes:
    """A graph as expanded JSON-LD, one node a line, everything sorted."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in sorted(graph.statements, key=_order):
        node = nodes.setdefault(subject, {"@id": subject})
        if predicate == RDF.type:
            node.setdefault("@type", []).append(value)
        else:
            node.setdefault(predicate, []).append(_value(value))
    lines = (json.dumps(node, ensure_ascii=False) for node in nodes.values())
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _order(statement: tuple[Address, Address, Node]) -> tuple[str, str, str, str]:
    subject, predicate, value = statement
    return (subject, predicate, value.text, value.language) if isinstance(value, Literal) else (subject, predicate, value, "")


def _value(value: Node) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"@id": value}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else {"@value": value.text}
