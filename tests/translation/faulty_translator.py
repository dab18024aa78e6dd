"""A translating process that shouts sentences back, and does what one that is an order tells it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import faulty_worker as faulty
from faulty_worker import receive, send


def main():
    """Answer tasks; every sentence that is an order is obeyed before the answer."""
    faulty.begin()
    while (task := receive()) is not None:
        results = [result(sentence) for sentence in task["sentences"]]
        for sentence in task["sentences"]:
            if sentence in ORDERS:
                ORDERS[sentence](results)
            elif sentence in faulty.ORDERS:
                faulty.ORDERS[sentence]({"input": {}})
        send({"results": results})
        send({"done": True})


def result(sentence):
    """Return the translation of a sentence."""
    return {"source": sentence, "text": sentence.upper(), "quality": 1.0, "flags": [], "method": "first"}


ORDERS = {
    "fewer": lambda results: results.pop(),
    "more": lambda results: results.append(result("another")),
    "swapped": lambda results: results.__setitem__(0, result("another")),
    "twice": lambda results: send({"results": results}),
    "endless": lambda results: [send({"results": results}) for _ in range(1_000_000)],
}


if __name__ == "__main__":
    main()
