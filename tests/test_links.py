"""The nightly report on links: what counts as an address, what is asked again, what the report says."""

from __future__ import annotations

import datetime as dt
import http.server
import importlib.util
import json
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = importlib.util.spec_from_file_location("check_links", Path(__file__).parents[1] / "scripts" / "check_links.py")
assert SPEC
assert SPEC.loader
links = importlib.util.module_from_spec(SPEC)
sys.modules["check_links"] = links
SPEC.loader.exec_module(links)

TODAY = dt.date(2026, 6, 1)
QUICK = links.Waits(2.0, 0.0, 0.0)


class Server(http.server.BaseHTTPRequestHandler):
    """Answers as its path says and counts."""

    seen: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        self.answer("GET")

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def answer(self, method: str) -> None:
        self.seen[f"{method} {self.path}"] += 1
        name = self.path.strip("/")
        status = 503 if name == "wackelt" and self.seen[f"GET {self.path}"] < 2 else int(name) if name.isdigit() else 200
        if name == "kein-kopf" and method == "HEAD":
            status = 405
        self.send_response(status)
        if status in {301, 302}:
            self.send_header("Location", "/neu")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name given by the base class
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    Server.seen.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "state"),
    [("gut", "erreichbar"), ("kein-kopf", "erreichbar"), ("wackelt", "erreichbar"), ("301", "umgezogen"), ("302", "erreichbar"),
     ("404", "fehlt"), ("410", "fehlt"), ("403", "verweigert"), ("429", "verweigert"), ("500", "gestört")],
)  # fmt: skip
def test_answers_become_words(address: str, path: str, state: str) -> None:
    assert links.ask(address + path, TODAY, QUICK).state == state


def test_a_missing_page_is_asked_for_twice_and_a_server_that_is_not_there_is_no_crash(address: str) -> None:
    links.ask(f"{address}404", TODAY, QUICK)
    assert Server.seen == {"HEAD /404": 1, "GET /404": 1}
    assert links.ask("http://127.0.0.1:9/", TODAY, QUICK).state == "gestört"


def test_fresh_answers_are_remembered_and_faults_asked_again(address: str) -> None:
    found = links.check([f"{address}gut", f"{address}500"], {}, TODAY, QUICK)
    Server.seen.clear()
    links.check(found, found, TODAY + dt.timedelta(days=1), QUICK)
    assert all("/gut" not in name for name in Server.seen)
    assert Server.seen["HEAD /500"] == 1
    links.check(found, found, TODAY + dt.timedelta(days=8), QUICK)
    assert Server.seen["HEAD /gut"] == 1


def test_addresses_are_found_with_their_places(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    text = "url: https://www.kommune.de/a_(b)#teil\nSiehe (https://kommune.de/c), <https://kommune.de/d>.\nhttps://www.example.org/x https://kommune.test/\n"
    (content / "x.md").write_text(text, encoding="utf-8")
    assert links.find_addresses(content) == {
        "https://kommune.de/c": ["content/x.md:2"],
        "https://kommune.de/d": ["content/x.md:2"],
        "https://www.kommune.de/a_(b)": ["content/x.md:1"],
    }


def test_the_report_names_places_and_never_blocks(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "find_addresses", lambda _: {f"{address}404": ["content/x.md:2"], f"{address}gut": ["content/x.md:3"]})
    files = {name: tmp_path / name for name in ("links.md", "links.json", "memory.json")}
    arguments = ["--inhalt", str(tmp_path), "--speicher", str(files["memory.json"]), "--markdown", str(files["links.md"]), "--json", str(files["links.json"]), "--pause", "0"]
    assert links.main(arguments) == 0
    report = files["links.md"].read_text(encoding="utf-8")
    assert "`content/x.md:2`" in report
    assert "content/x.md:3" not in report
    assert [row["state"] for row in json.loads(files["links.json"].read_text(encoding="utf-8"))] == ["fehlt", "erreichbar"]
    assert len(links.read_memory(files["memory.json"])) == 2


def test_an_unreadable_memory_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "memory.json").write_text("[1]", encoding="utf-8")
    assert links.read_memory(tmp_path / "memory.json") == {}
    assert links.main(["--inhalt", str(tmp_path / "fehlt")]) == 2
