"""Start the Prefect flows from the command line, in a process of their own: Prefect takes seconds to import."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from monitor.errors import UsageError
from monitor.prefect_environment import flows_folder, set_environment

_STOP_S = 5.0
_START_S = 120.0


def run_flow(script: str, arguments: Sequence[str], **environment: str) -> int:
    """Run one of the scripts in flows/ and return its exit status."""
    set_environment()
    path = flows_folder() / script
    if not path.is_file():
        raise UsageError(f"the Prefect flows are not installed: no file {str(path)!r}")
    process = subprocess.Popen(  # noqa: S603  # our own script
        [sys.executable, str(path), *arguments], env={**os.environ, **environment}
    )
    return _waited(process)


@contextmanager
def local_server(port: int) -> Iterator[str]:
    """Yield the API address of a Prefect server on this machine, started here unless one already answers."""
    set_environment()
    address = f"http://127.0.0.1:{port}/api"
    if _answers(address):
        yield address
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  # our own interpreter
    try:
        _wait_until_it_answers(server, address)
        yield address
    finally:
        _end(server)


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + _START_S
    while not _answers(address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise UsageError(f"the Prefect server did not start at {address}; is the port taken? try --port")
        time.sleep(0.5)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310  # loopback
            return bool(answer.status == 200)  # noqa: PLR2004  # HTTP OK
    except (urllib.error.URLError, OSError):
        return False


def _waited(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait()
    except BaseException:
        _end(process)
        raise


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end, then make it: Prefect has been seen to hang on SIGTERM."""
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
