"""Turn how a command ended into an exit code and one line on standard error."""

import os
import signal
import sys
from types import FrameType

import click

from monitor.errors import MonitorError, UsageError
from monitor.terminal import one_line

_BROKEN_PIPE = 141


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


def run(command: click.Command) -> int:
    """Run a click command; 0 done, 1 failed, 2 wrong usage, others as sysexits.h and shells have them."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        result = command.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except MonitorError as error:
        return _failed(one_line(str(error)), 2 if type(error) is UsageError else error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _failed("interrupted; what was loaded stays, the next run goes on", 130)
    except Terminated:
        return _failed("terminated; what was loaded stays, the next run goes on", 143)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # nobody reads on: not an error of ours
        return _BROKEN_PIPE
    return result if isinstance(result, int) else 0


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated


def _failed(line: str, code: int) -> int:
    print(f"monitor: {line}", file=sys.stderr)  # noqa: T201
    return code
