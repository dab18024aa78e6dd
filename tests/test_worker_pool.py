"""Whatever a reading process does to itself costs one input, and every other comes back as if nothing had been."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from monitor.errors import WorkerLost
from monitor.frames import Begin, ReadFile
from monitor.worker_pool import WorkerPool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the mock uses signals and limits of Unix")
FAULTY = (sys.executable, "-P", str(Path(__file__).parent / "faulty_worker.py"))
HANGING = ("hang", "half")
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon")
REASONS = {
    "exit": "crashed the worker",
    "raise": "crashed the worker",
    "segfault": "crashed the worker",
    "killed": "crashed the worker",
    "bloat": "crashed the worker",
    "leave": "crashed the worker",
    "hang": "took too long",
    "half": "took too long",
    "rubbish": "answered rubbish",
    "unreadable": "answered rubbish",
    "endless": "answered rubbish",
    "stranger": "answered rubbish",
    "wrong": "answered rubbish",
    "silent": "answered rubbish",
}


def outcomes(*texts, workers=1, deadline_s=60.0, command=FAULTY):
    """Return (uri, word, reason) of every input of tasks with these texts."""
    tasks = [ReadFile(uri=f"mock:{n}", data=text.encode()) for n, text in enumerate(texts)]
    with WorkerPool(Begin(), workers=workers, deadline_s=deadline_s, command=command) as pool:
        return [(p.input.uri, p.input.sha256, p.reject.reason) for p in pool.run(tasks)]


def poisoned(mode, position):
    return [mode if n == position else word for n, word in enumerate(WORDS)]


def patience(mode):
    return 3.0 if mode in HANGING else 60.0


def at_every_position(check):
    with ThreadPoolExecutor(len(WORDS)) as threads:
        return [*threads.map(check, range(len(WORDS)))]


@pytest.mark.parametrize("mode", REASONS)
def test_a_file_that_ruins_its_worker_is_marked_alone_wherever_it_stands(mode):
    found = at_every_position(lambda position: outcomes(*poisoned(mode, position), deadline_s=patience(mode)))
    assert found == [
        [
            (f"mock:{n}#0", word, REASONS[mode] if word == mode else "fine")
            for n, word in enumerate(poisoned(mode, position))
        ]
        for position in range(len(WORDS))
    ]


@pytest.mark.parametrize("mode", REASONS)
def test_a_record_that_ruins_its_worker_is_marked_alone_within_its_file(mode):
    found = at_every_position(
        lambda position: outcomes(" ".join(poisoned(mode, position)), "last", deadline_s=patience(mode))
    )
    assert found == [
        [
            *(
                (f"mock:0#{n}", word, REASONS[mode] if word == mode else "fine")
                for n, word in enumerate(poisoned(mode, position))
            ),
            ("mock:1#0", "last", "fine"),
        ]
        for position in range(len(WORDS))
    ]


def test_several_workers_keep_the_order_and_mark_the_poison_alone():
    texts = [f"word{n} other{n}" if n % 7 else f"word{n} segfault other{n}" for n in range(40)]
    found = outcomes(*texts, workers=3, deadline_s=60)
    assert [word for _, word, _ in found] == " ".join(texts).split()
    assert [word for _, word, reason in found if reason != "fine"] == ["segfault"] * 6


def test_a_file_that_ruins_its_worker_before_an_input_begins_is_itself_marked():
    found = outcomes("alpha", "early", "beta")
    assert found == [
        ("mock:0#0", "alpha", "fine"),
        ("mock:1", "", "crashed the worker"),
        ("mock:2#0", "beta", "fine"),
    ]


@pytest.mark.parametrize(("last", "reason"), [("whole", "fine"), ("ruin", "crashed the worker")])
def test_a_worker_that_dies_at_the_end_of_a_file_has_said_all_of_it(last, reason):
    assert outcomes(f"alpha {last}", "beta") == [
        ("mock:0#0", "alpha", "fine"),
        ("mock:0", last, reason),
        ("mock:1#0", "beta", "fine"),
    ]


@pytest.mark.parametrize("sent", ["SIGKILL", "SIGTERM"])
def test_an_input_whose_worker_somebody_else_ends_is_read_again(tmp_path, sent):
    mark, mortal = tmp_path / "done", tmp_path / "mortal.py"
    once = f"""    if word == "beta" and not os.path.exists({str(mark)!r}):
        open({str(mark)!r}, "w").close()
        os.kill(os.getpid(), signal.{sent})
    order = ORDERS"""
    mortal.write_text(Path(FAULTY[-1]).read_text().replace("    order = ORDERS", once))
    found = outcomes("alpha beta gamma", "delta", command=(sys.executable, "-P", str(mortal)))
    assert mark.exists()
    assert [(word, reason) for _, word, reason in found] == [
        (word, "fine") for word in ("alpha", "beta", "gamma", "delta")
    ]


def test_a_file_whose_inputs_keep_ruining_workers_is_given_up_and_says_so():
    found = outcomes("alpha exit killed segfault beta", "gamma")
    assert [reason for _, _, reason in found] == ["fine", *["crashed the worker"] * 3, "given up", "fine"]
    assert found[4][0] == "mock:0"


def test_a_worker_that_dies_after_its_answer_costs_the_next_file_nothing(tmp_path):
    script = tmp_path / "mortal.py"
    text = (
        Path(FAULTY[-1])
        .read_text()
        .replace('send({"done": True})\n\n', 'send({"done": True}); os._exit(9)\n\n', 1)
    )
    script.write_text(text)
    found = outcomes(*WORDS, command=(sys.executable, "-P", str(script)))
    assert [(word, reason) for _, word, reason in found] == [(word, "fine") for word in WORDS]


@pytest.mark.parametrize(
    "start", ["raise SystemExit(3)", "print('hello')", "import os; os.kill(os.getpid(), 9)"]
)
def test_workers_that_do_not_start_stop_the_run_and_blame_no_file(start):
    with pytest.raises(WorkerLost, match="does not start"):
        outcomes("alpha", "beta", command=(sys.executable, "-c", start))


def test_nothing_is_left_when_the_consumer_stops_in_the_middle():
    before = threading.active_count()
    tasks = [ReadFile(uri=f"mock:{n}", data=b"alpha beta") for n in range(50)]
    with WorkerPool(Begin(), workers=2, command=FAULTY) as pool:
        next(iter(pool.run(tasks)))
        processes = [worker._process for worker in pool._staff.workers]
    assert all(process is None or process.poll() is not None for process in processes)
    until = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.05)
    assert threading.active_count() == before


@pytest.mark.parametrize("records", [0, 1, 2, 7, 40])
def test_a_large_file_is_read_by_all_workers_together_in_the_order_of_its_records(tmp_path, records):
    path = tmp_path / "list.jsonl"
    path.write_text(
        "".join(f'{{"text": "Report {n} of the harbour office on the ferry."}}\n' for n in range(records))
    )
    (tmp_path / "after.txt").write_text("The mill at Tarn becomes a school of music, the council decided.")
    tasks = [
        ReadFile(uri=f"mock:{place.name}", path=str(place).encode(), size=place.stat().st_size, mtime_ns=5)
        for place in (path, tmp_path / "after.txt")
    ]
    found = {}
    for workers in (1, 3):
        with WorkerPool(Begin(), workers=workers, split_bytes=1) as pool:
            found[workers] = [*pool.run(tasks)]
    names = [processed.input.uri for processed in found[3]]
    listed = [f"mock:list.jsonl#{n}" for n in range(1, records + 1)]
    assert names == [*listed, "mock:list.jsonl", "mock:after.txt"]
    assert found[1] == found[3]


def test_the_workers_share_the_records_of_a_large_file(tmp_path):
    path = tmp_path / "list.jsonl"
    path.write_text('{"text": "The ferry to Osmund sails again."}\n' * 30)
    task = ReadFile(uri="mock:list", path=str(path).encode(), size=path.stat().st_size)
    with WorkerPool(Begin(), workers=2, split_bytes=1) as pool:
        assert len([*pool.run([task])]) == 31
        assert all(worker.is_used for worker in pool._staff.workers)


def test_a_record_that_ruins_a_worker_is_marked_alone_in_a_file_that_several_read(tmp_path):
    words = [f"word{n}" for n in range(20)]
    words[7] = words[12] = "segfault"
    path = tmp_path / "words"
    path.write_text(" ".join(words))
    script = tmp_path / "sharing.py"
    script.write_text(
        Path(FAULTY[-1])
        .read_text()
        .replace('task["data"].decode()', 'open(task["path"]).read()')
        .replace(
            'if number >= task["skip"]:',
            'if number % task["parts"] == task["part"] and number // task["parts"] >= task["skip"]:',
        )
        .replace('if WHOLE & {*open(task["path"]).read().split()}:', "if False:")
    )
    task = ReadFile(uri="mock:0", path=str(path).encode(), size=9)
    with WorkerPool(Begin(), workers=3, split_bytes=1, command=(sys.executable, "-P", str(script))) as pool:
        found = [(p.input.sha256, p.reject.reason) for p in pool.run([task])]
    assert found == [(word, "fine" if word != "segfault" else "crashed the worker") for word in words]
