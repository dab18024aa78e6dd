"""Let `python -m monitor` be `monitor`."""

from monitor.cli import main

main()
