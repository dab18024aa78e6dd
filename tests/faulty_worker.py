"""A reading process that does what the text of an input tells it: one of many ways to go wrong."""

import os
import resource
import signal
import struct
import sys
import time

import msgspec

CAP = 200 << 20
WHOLE = {"whole", "ruin"}


def main():
    """Answer every word of a task's text as one input; a word that is an order is obeyed.

    The words "whole" and "ruin" stand for the file itself, and the process dies after it or of it.
    """
    begin()
    while (task := receive()) is not None:
        for number, word in enumerate(task["data"].decode().split()):
            if number >= task["skip"]:
                name = task["uri"] if word in WHOLE else f"{task['uri']}#{number}"
                seen = {"uri": name, "sha256": word, "size": len(word)}
                answer({"input": seen, "container": task["uri"]}, word)
        if WHOLE & {*task["data"].decode().split()}:
            os._exit(5)
        send({"done": True})


def begin():
    """Say that the process is ready, within its limit of memory."""
    resource.setrlimit(resource.RLIMIT_AS, (CAP, CAP))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # its tracebacks are meant
    receive()
    send({})


def answer(bare, word):
    """Answer for one input, rightly or not."""
    if word == "early":
        os._exit(4)
    send({"begins": bare})
    order = ORDERS.get(word)
    if order:
        order(bare)
    send({"processed": {**bare, "reject": {"stage": "mock", "reason": "fine", "detail": word}}})


def endless(bare):
    """Never come to the end of one input."""
    while True:
        send({"begins": bare})


def stranger(bare):
    """Answer for an input that nobody asked about."""
    send({"processed": {**bare, "input": {**bare["input"], "uri": "another"}}})


def half(_):
    """Stop within a frame."""
    write(struct.pack("<I", 500) + b"abc")
    time.sleep(600)


def bloat(_):
    """Take more memory than there is."""
    blocks = []
    while True:
        blocks.append(bytearray(50 << 20))


def leave(_):
    """Close the pipe and live on."""
    os.close(1)
    time.sleep(600)


ORDERS = {
    "exit": lambda _: os._exit(1),
    "ruin": lambda _: os._exit(6),
    "raise": lambda _: 1 // 0,
    "segfault": lambda _: os.kill(os.getpid(), signal.SIGSEGV),
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "hang": lambda _: time.sleep(600),
    "half": half,
    "rubbish": lambda _: write(b"oops, no frame at all"),
    "unreadable": lambda _: write(struct.pack("<I", 3) + b"\xc1\xc1\xc1"),
    "bloat": bloat,
    "endless": endless,
    "stranger": stranger,
    "wrong": lambda bare: send({"processed": {**bare, "input": 7}}),
    "silent": lambda _: send({"done": True}),
    "leave": leave,
}


def send(record):
    """Write one frame."""
    data = msgspec.msgpack.encode(record)
    write(struct.pack("<I", len(data)) + data)


def write(data):
    """Write all the bytes at once."""
    while data:
        data = data[os.write(1, data) :]


def receive():
    """Read one frame."""
    head = sys.stdin.buffer.read(4)
    return msgspec.msgpack.decode(sys.stdin.buffer.read(struct.unpack("<I", head)[0])) if head else None


if __name__ == "__main__":
    main()
