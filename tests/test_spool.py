"""Files that a forked process leaves for this one."""

from __future__ import annotations

import multiprocessing

import pytest

from kreislaufstadt.site_folder import Made
from kreislaufstadt.spool import Spool, SpooledFiles

FILES = {"a.json": '{"testdaten": "ä"}\n'.encode(), "leer.txt": b"", "b/c.bin": bytes(range(256)) * 1000}


def test_files_come_back_in_order_with_their_names() -> None:
    spool = Spool()
    found = SpooledFiles(spool, spool.add(FILES.items()))
    assert list(found.items()) == list(FILES.items())
    assert {path: (made.name, made.read()) for path, made in found.made()} == {path: (Made.of(content).name, content) for path, content in FILES.items()}
    assert len(found) == len(FILES)


def test_more_files_stand_behind_the_first() -> None:
    spool = Spool()
    first, second = spool.add([("a", b"one")]), spool.add([("a", b"two!")])
    assert (SpooledFiles(spool, first)["a"], SpooledFiles(spool, second)["a"]) == (b"one", b"two!")


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork")
def test_a_forked_process_writes_and_this_one_reads() -> None:
    spool, context = Spool(), multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sender.send(spool.add(FILES.items())))
    process.start()
    places = receiver.recv()
    process.join()
    assert dict(SpooledFiles(spool, places)) == FILES
