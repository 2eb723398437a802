"""Templates say the same in our code as in Jinja's own, and what our code cannot do is refused when it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateAssertionError, UndefinedError
from markupsafe import Markup

from kreislaufstadt.cache import Cache
from kreislaufstadt.jinja_code import markup, shown
from kreislaufstadt.messages import Messages
from kreislaufstadt.template_environment import TemplateEnvironment

PARTS = """
{% macro badge(text, tone="") %}<b{% if tone %} class="{{ tone }}"{% endif %}>{{ text }}</b>{% endmacro %}
{% macro fact(name, value="") %}<dt>{{ name }}</dt><dd>{% if caller is defined %}{{ caller() }}{% else %}{{ value or badge("–") }}{% endif %}</dd>{% endmacro %}
{% macro pair(one, other=one) %}{{ one }}{{ other }}{% endmacro %}
{% macro tree(item) %}{{ item.name }}{% for child in item.children %}({{ tree(child) }}){% endfor %}{% endmacro %}
"""

PAGES = [
    '{{ m.badge("<i>", tone="warn") }}{{ m.badge(word) }}{{ m.badge(m.badge(1)) }}',
    '{% call m.fact("A & B") %}{{ word }}{{ word | safe }}{% endcall %}{{ m.fact("C", word) }}{{ m.fact(name="D") }}',
    "{{ m.pair(1) }}{{ m.pair(1, 2) }}{{ m.pair(other=word, one=none) }}",
    "{{ m.tree(item) }}{{ item.name.upper() }}{{ item.children | map(attribute='name') | join(', ') }}",
    "{% for child in item.children %}{{ loop.cycle('a', 'b') }}{{ say(child.name, loud=true) }}{% endfor %}",
    "{% set found %}{{ word }}{% endset %}{{ found }}{% filter upper %}{{ word }}{% endfilter %}{{ word ~ found }}",
    "{{ {'a': word}.a }}{{ {'a': word}['a'] }}{{ {'a': 1}.get('b', word) }}{{ 1.5 }}{{ [word] }}{{ none }}{{ item.gone is defined }}",
    '{% extends "frame" %}{% block content %}{{ super() }}{% macro own(a) %}{{ a }}{{ word }}{% endmacro %}{{ own(word) }}{% endblock %}',
    "{% block all %}{{ word }}{% block inner %}{{ m.badge(word) }}{% endblock %}{% endblock %}{% for child in item.children %}{% block each scoped %}{{ child.name }}{% endblock %}{% endfor %}",
    '{% extends "frame" %}{{ word }}{% set own = word ~ "x" %}{% block content %}{{ own }}{% include "part" %}{% endblock %}',
    '{% include "part" %}{% include "gone" ignore missing %}',
]


@dataclass
class Item:
    """Something with parts of its kind."""

    name: str
    children: tuple[Item, ...] = ()


def environments(page: str) -> tuple[Environment, Environment]:
    texts = {"parts": PARTS, "frame": "<p>{% block content %}{{ word }}{% endblock %}</p>", "part": "{{ word }}{{ say(word) }}"}
    start = "" if page.startswith("{% extends") else '{% import "parts" as m with context %}'
    loader = DictLoader({**texts, "page": start + page})
    ours = TemplateEnvironment([Path()], Cache(None), Messages())
    ours.loader, ours.bytecode_cache = loader, None
    return ours, Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_what_they_say_in_jinja(page: str) -> None:
    values = {
        "word": '<b> & "c"',
        "item": Item("<root>", (Item("one"), Item("two", (Item("three"),)))),
        "say": lambda text, *, loud=False: text.upper() if loud else Markup("<q>{}</q>").format(text),
    }
    ours, plain = environments(page)
    assert ours.get_template("page").render(values) == plain.get_template("page").render(values)


@pytest.mark.parametrize("page", ["{{ gone }}", "{{ item.gone }}", "{{ item.gone.more }}", "{{ m.badge() }}", "{{ m.fact('a', item.gone) }}", "{{ gone() }}"])
def test_what_is_not_there_is_an_error(page: str) -> None:
    for environment in environments(page):
        with pytest.raises((UndefinedError, TypeError)):
            environment.get_template("page").render(item=Item("a"))


@pytest.mark.parametrize("page", ["{{ m.badge(1, 2, 3) }}", "{{ m.badge(1, shade=2) }}", "{% call m.badge(1) %}{% endcall %}"])
def test_macros_take_what_they_name(page: str) -> None:
    for environment in environments(page):
        with pytest.raises(TypeError):
            environment.get_template("page").render()


@pytest.mark.parametrize("macro", ["f(context)", "f(missing)", "f(lambda)"])
def test_arguments_do_not_hide_what_the_code_needs(macro: str) -> None:
    with pytest.raises(TemplateAssertionError, match="not these"):
        environments(f"{{% macro {macro} %}}{{% endmacro %}}")[0].get_template("page")


def test_macros_have_no_further_arguments() -> None:
    with pytest.raises(TemplateAssertionError, match="have names"):
        environments("{% macro f() %}{{ varargs }}{% endmacro %}")[0].get_template("page")


def test_values_are_shown_as_html() -> None:
    assert [shown(value) for value in ("<", Markup("<"), 1, None)] == ["&lt;", "<", "1", "None"]
    assert isinstance(markup("<b>"), Markup)
    assert markup("<b>") + "<" == "<b>&lt;"
