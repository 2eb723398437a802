"""Ask every address in content/ whether it still answers, and write a report: ``python3 scripts/check_links.py``.

Standard library only. One request at a time per host, answers are kept for some days, a fault counts only after
further tries. The report helps editors; it never fails a build, because other people's servers are not our fault.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urldefrag, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https?://[^\s<>\"'`|\\„“”]+")
USER_AGENT = "Mozilla/5.0 (compatible; Kreislaufstadt-Linkpruefung/1.0)"
RESERVED = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$")
"""Hosts that are reserved for examples; nobody answers there."""

OK, MOVED, REFUSED, GONE, FAILED = "erreichbar", "umgezogen", "verweigert", "fehlt", "gestört"
TITLES = {
    GONE: "Die Seite gibt es nicht mehr (404, 410)",
    FAILED: "Keine brauchbare Antwort, auch nach mehreren Versuchen",
    MOVED: "Die Seite ist dauerhaft umgezogen",
    REFUSED: "Der Server lässt Programme nicht zu; bitte von Hand ansehen",
}
KEEP_DAYS = {OK: 7, MOVED: 7, REFUSED: 14, GONE: 1, FAILED: 0}
"""How long an answer is believed before the address is asked again."""


@dataclass(frozen=True)
class Answer:
    """What an address said: the word for it, the number of HTTP, where it led to, and on which day."""

    state: str
    status: int
    target: str
    detail: str
    day: str


class Waits(NamedTuple):
    """Seconds: until a request is given up, between requests to one host, before a further try."""

    timeout: float = 20.0
    between: float = 1.0
    again: float = 5.0
    tries: int = 3


def find_addresses(content: Path) -> dict[str, list[str]]:
    """Every address in Markdown and YAML, without its fragment, with the places it stands at."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(content.rglob("*")):
        if path.suffix not in {".md", ".yml"} or not path.is_file():
            continue
        name = f"{content.name}/{path.relative_to(content).as_posix()}"
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for found in ADDRESS.findall(line):
                address = urldefrag(trim(found)).url
                host = urlsplit(address).hostname or ""
                if "." in host and not RESERVED.search(host):
                    places[address].append(f"{name}:{number}")
    return dict(sorted(places.items()))


def trim(address: str) -> str:
    """Take off signs of the sentence or of Markdown that stand behind an address."""
    while True:
        short = address.rstrip(".,;:!?*_")
        for opening, closing in ("()", "[]", "{}"):
            if short.endswith(closing) and short.count(closing) > short.count(opening):
                short = short[:-1]
        if short == address:
            return address
        address = short


class _Recorder(urllib.request.HTTPRedirectHandler):
    """Follows redirects and remembers whether all of them were meant to last."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    def redirect_request(self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: object, newurl: str) -> urllib.request.Request | None:
        """Note the code and go on."""
        self.codes.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def ask(address: str, today: dt.date, waits: Waits) -> Answer:
    """Ask once for the head, then for the page, then again after a while."""
    answer = Answer(FAILED, 0, "", "", today.isoformat())
    for number in range(waits.tries):
        if number:
            time.sleep(waits.again * number)
        answer = _request(address, "HEAD" if number == 0 else "GET", today, waits.timeout)
        if answer.state in {OK, MOVED} or (answer.state == GONE and number):
            break
    return answer


def _request(address: str, method: str, today: dt.date, timeout: float) -> Answer:
    recorder = _Recorder()
    opener = urllib.request.build_opener(recorder)
    plain = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    request = urllib.request.Request(plain, method=method, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})  # noqa: S310 - only http and https come here
    day = today.isoformat()
    try:
        with opener.open(request, timeout=timeout) as response:
            target = response.geturl()
            lasting = bool(recorder.codes) and all(code in {301, 308} for code in recorder.codes)
            return Answer(MOVED if lasting else OK, response.status, target if recorder.codes else "", "", day)
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(state_of(error.code), error.code, "", str(error.reason), day)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Answer(FAILED, 0, "", f"{type(reason).__name__}: {reason}", day)
    except Exception as error:  # noqa: BLE001 - servers send what they like, and one of them must not end the report
        return Answer(FAILED, 0, "", type(error).__name__, day)


def state_of(status: int) -> str:
    """The word for a status that is no success."""
    if status in {404, 410}:
        return GONE
    return REFUSED if status in {401, 403, 405, 406, 418, 429, 451, 999} else FAILED


def check(addresses: Iterable[str], known: Mapping[str, Answer], today: dt.date, waits: Waits) -> dict[str, Answer]:
    """Answers of all addresses, fresh ones from memory; hosts side by side, one request at a time each."""
    answers = {address: known[address] for address in addresses if address in known and is_fresh(known[address], today)}
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        if address not in answers:
            hosts[urlsplit(address).hostname or ""].append(address)

    def visit(host: str) -> list[tuple[str, Answer]]:
        found = []
        for number, address in enumerate(hosts[host]):
            time.sleep(waits.between if number else 0)
            found.append((address, ask(address, today, waits)))
        return found

    with ThreadPoolExecutor(max_workers=8) as pool:
        for rows in pool.map(visit, hosts):
            answers.update(rows)
    return dict(sorted(answers.items()))


def is_fresh(answer: Answer, today: dt.date) -> bool:
    """Say whether an answer of an earlier run still counts."""
    age = (today - dt.date.fromisoformat(answer.day)).days
    return 0 <= age < KEEP_DAYS.get(answer.state, 0)


def read_memory(path: Path) -> dict[str, Answer]:
    """Answers of earlier runs; an unreadable memory is an empty one."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {address: Answer(**row) for address, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def as_json(places: Mapping[str, Sequence[str]], answers: Mapping[str, Answer]) -> str:
    """The report for programs."""
    rows = [{"adresse": address, **asdict(answer), "stellen": places.get(address, [])} for address, answer in answers.items()]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_markdown(places: Mapping[str, Sequence[str]], answers: Mapping[str, Answer], today: dt.date) -> str:
    """The report for people: what needs a look, with the places in the content."""
    lines = ["# Externe Links", "", f"Stand: {today:%d.%m.%Y}. Adressen: {len(answers)}.", ""]
    lines += ["| Ergebnis | Anzahl |", "|---|---|"]
    lines += [f"| {state} | {sum(answer.state == state for answer in answers.values())} |" for state in KEEP_DAYS]
    for state, title in TITLES.items():
        rows = [(address, answer) for address, answer in answers.items() if answer.state == state]
        if rows:
            lines += ["", f"## {title}", ""]
        for address, answer in rows:
            lines.append(f"- <{address}>{_detail(answer)}")
            lines += [f"    - `{place}`" for place in places.get(address, [])]
    return "\n".join(lines) + "\n"


def _detail(answer: Answer) -> str:
    if answer.target:
        return f" → <{answer.target}>"
    return f" ({answer.status or answer.detail})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check and write the reports; 0 unless called wrongly."""
    options = _parser().parse_args(arguments)
    if not options.inhalt.is_dir():
        print(f"Den Ordner „{options.inhalt}“ gibt es nicht.", file=sys.stderr)
        return 2
    today = dt.datetime.now(dt.UTC).date()
    places = find_addresses(options.inhalt)
    answers = check(places, read_memory(options.speicher), today, Waits(options.zeitgrenze, options.pause, options.pause * 5))
    options.speicher.parent.mkdir(parents=True, exist_ok=True)
    options.speicher.write_text(json.dumps({address: asdict(answer) for address, answer in answers.items()}, ensure_ascii=False), encoding="utf-8")
    report = as_markdown(places, answers, today)
    for path, text in ((options.markdown, report), (options.json, as_json(places, answers))):
        if path:
            path.write_text(text, encoding="utf-8", newline="\n")
    if not options.markdown:
        print(report, end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Prüft, ob die Adressen in den Inhalten noch antworten. Der Bericht hält nichts auf.")
    parser.add_argument("--inhalt", type=Path, default=ROOT / "content", help="Inhaltsordner")
    parser.add_argument("--speicher", type=Path, default=ROOT / ".cache" / "links.json", help="Antworten früherer Läufe")
    parser.add_argument("--markdown", type=Path, help="Bericht für Menschen in diese Datei schreiben")
    parser.add_argument("--json", type=Path, help="Bericht für Programme in diese Datei schreiben")
    parser.add_argument("--zeitgrenze", type=float, default=20.0, help="Sekunden, nach denen eine Anfrage aufgegeben wird")
    parser.add_argument("--pause", type=float, default=1.0, help="Sekunden zwischen zwei Anfragen an denselben Server")
    return parser


if __name__ == "__main__":
    sys.exit(main())
