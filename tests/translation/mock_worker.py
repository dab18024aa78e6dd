"""A translating process whose engine does what a sentence tells it: crash, hang, rave, or shout it back."""

import os
import sys
import time

from monitor.translation.canary import stammers
from monitor.translation.checked import Verdict
from monitor.translation.engine import GREEDY, Hypothesis, Pair
from monitor.translation.worker import serve


class Mock:
    """Upper-cases; obeys sentences that give an order."""

    def __init__(self, setup, task):
        del setup
        if "broken" in task.models:
            os._exit(3)
        self.pair, self.model = Pair(task.source, task.target), "mock"

    def translate(self, sentences, decoding=GREEDY):
        return [
            tuple(self.one(text, rank, decoding) for rank in range(decoding.hypotheses)) for text in sentences
        ]

    def one(self, text, rank, decoding):
        if "crash" in text:
            os.kill(os.getpid(), 11)
        if "hang" in text:
            time.sleep(600)
        if "print" in text:
            sys.stdout.write("a library that prints\n")
            sys.stdout.flush()
        if "rave" in text and (decoding == GREEDY or rank < 2 or "always" in text):
            return Hypothesis(text="la " * 30, score=-2.0)
        return Hypothesis(text=text.upper(), score=-0.1)


def check(_pair, rendered):
    return [
        Verdict(flags=("repeats itself",), certain=True, quality=0.1)
        if stammers(hypothesis.text)
        else Verdict()
        for _, hypothesis in rendered
    ]


serve(Mock, check)
