"""The query list against the built site, through the page a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from search.test_search_page import DONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERIES = yaml.safe_load((Path(__file__).parent / "anfragen.yml").read_text("utf-8"))["anfragen"]
LEAST_MRR = 0.85
LEAST_FIRST_THREE = 0.90


@dataclass(frozen=True)
class Answer:
    """What the page showed for a query: addresses in order, and whether it calls itself a substitute."""

    query: str
    good: str
    urls: tuple[str, ...]
    substitute: bool

    @property
    def rank(self) -> int:
        """Place of the first good answer from 1, or 0."""
        return next((place for place, url in enumerate(self.urls, 1) if re.search(self.good, url)), 0)


ANSWERED = """(query) => document.getElementById('treffer-status').textContent.includes(`„${query}“`)
  && !document.getElementById('treffer').hasAttribute('aria-busy')"""


def ask(page: Page, site: str, row: dict[str, str]) -> Answer:
    """Type the query and send it, as a reader does."""
    page.fill("#suche-q", row["frage"])
    page.press("#suche-q", "Enter")
    page.wait_for_function(ANSWERED, arg=row["frage"])
    links = page.eval_on_selector_all("#treffer > li", "items => items.map((item) => item.querySelector('a').href)")
    substitute = page.locator("#treffer").get_attribute("data-ersatz") == "ja"
    return Answer(row["frage"], row.get("gut", ""), tuple(link.removeprefix(site) for link in links), substitute)


@pytest.fixture(scope="module")
def answers(browser: Browser, built_site: str) -> list[Answer]:
    """The answers to all queries of the list."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{built_site}suche/?q=Kreislauf")
    page.wait_for_function(DONE)
    found = [ask(page, built_site, row) for row in QUERIES]
    context.close()
    return found


def test_list_is_long_enough_and_says_what_a_good_answer_is() -> None:
    assert sum("gut" in row for row in QUERIES) >= 100
    assert len({row["frage"] for row in QUERIES}) == len(QUERIES)


def test_good_answers_come_first(answers: list[Answer]) -> None:
    wanted = [answer for answer in answers if answer.good]
    mrr = sum(1 / answer.rank for answer in wanted if answer.rank) / len(wanted)
    first_three = sum(0 < answer.rank <= 3 for answer in wanted) / len(wanted)
    print(f"MRR {mrr:.3f}, first three {first_three:.1%} of {len(wanted)} queries")
    assert mrr >= LEAST_MRR
    assert first_three >= LEAST_FIRST_THREE


def test_no_empty_list_where_an_answer_exists(answers: list[Answer]) -> None:
    assert [answer.query for answer in answers if answer.good and not answer.urls] == []


def test_nonsense_is_empty_or_called_a_substitute(answers: list[Answer]) -> None:
    assert [answer.query for answer in answers if not answer.good and answer.urls and not answer.substitute] == []
