"""RDF as bytes that never change: Turtle as rdflib sorts it, JSON-LD sorted by us."""

from __future__ import annotations

import json
from typing import Any

from rdflib import Graph, Literal
from rdflib.namespace import RDF


def write_turtle(graph: Graph) -> bytes:
    """A graph without blank nodes as Turtle."""
    return graph.serialize(format="turtle", encoding="utf-8")


def write_json_ld(graph: Graph) -> bytes:
    """A graph without blank nodes as expanded JSON-LD, one node a line, everything sorted."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in sorted(graph, key=lambda triple: tuple(part.n3() for part in triple)):
        node = nodes.setdefault(str(subject), {"@id": str(subject)})
        if predicate == RDF.type:
            node.setdefault("@type", []).append(str(value))
        else:
            node.setdefault(str(predicate), []).append(_value(value))
    lines = (json.dumps(node, ensure_ascii=False) for node in nodes.values())
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _value(value: Any) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    return {"@value": str(value), "@type": str(value.datatype)} if value.datatype else {"@value": str(value)}
