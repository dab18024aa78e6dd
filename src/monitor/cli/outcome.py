"""Turn how a command ended into an exit code and one line on standard error."""

import os
import signal
import sys
from typing import NoReturn

import click

from monitor.errors import MonitorError, UsageError
from monitor.terminal import one_line

_BROKEN_PIPE = 141
_NO_PLACE = 74


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


_asked_to_end: list[type[BaseException]] = []  # by which signals, as the exceptions that tell of them


def run(command: click.Command) -> int:
    """Run a click command; 0 done, 1 failed, 2 wrong usage, others as sysexits.h and shells have them."""
    _asked_to_end.clear()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGTERM, lambda *_: _end(Terminated))
    if before[signal.SIGINT] is signal.default_int_handler:  # a shell's background job ignores it
        signal.signal(signal.SIGINT, lambda *_: _end(KeyboardInterrupt))
    try:
        return _run(command)
    except (KeyboardInterrupt, click.Abort, Terminated) as error:
        return _ended(type(error))
    except Exception:
        if not _asked_to_end:
            raise
        return _ended(_asked_to_end[0])  # DuckDB tells of a signal during a query with an error of its own
    finally:
        for number, handler in before.items():  # the outcome stands, a signal from here on cannot change it
            signal.signal(number, handler)


def _run(command: click.Command) -> int:
    try:
        result = command.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except MonitorError as error:
        return _failed(one_line(str(error)), 2 if type(error) is UsageError else error.exit_code)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # nobody reads on: not an error of ours
        return _BROKEN_PIPE
    except OSError as error:
        if error.filename is None:
            raise
        return _failed(one_line(f"{os.fsdecode(error.filename)}: {error.strerror}"), _NO_PLACE)
    return result if isinstance(result, int) else 0


def _end(how: type[BaseException]) -> NoReturn:
    _asked_to_end.append(how)
    raise how


def _ended(how: type[BaseException]) -> int:
    what, code = ("terminated", 143) if how is Terminated else ("interrupted", 130)
    return _failed(f"{what}; what was loaded stays, the next run goes on", code)


def _failed(line: str, code: int) -> int:
    print(f"monitor: {line}", file=sys.stderr)  # noqa: T201
    return code
