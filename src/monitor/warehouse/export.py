"""Write an answer to a Parquet file, without ever letting the question near the file system."""

from pathlib import Path

import duckdb

from monitor.warehouse.query import Answer, ask

_NAME = "exported"


def write_parquet(path: Path, sql: str, output: Path, *, limit_s: float = 60.0) -> int:
    """Write the answer to a question as Parquet and return the number of rows.

    The question runs locked down as any other; only its rows meet a second database that may write this one file.
    """
    answer = ask(path, sql, limit_s=limit_s)
    draft = output.with_name(output.name + ".tmp")
    draft.touch()  # where that cannot be, Python says it better than DuckDB
    with duckdb.connect(":memory:") as memory:
        memory.execute("set timezone = 'UTC'")
        _store(memory, answer, _types(path, sql))
        target = str(draft).replace("'", "''")
        memory.execute(f"copy {_NAME} to '{target}' (format parquet, compression zstd)")
    draft.replace(output)
    return len(answer.rows)


def _types(path: Path, sql: str) -> list[str]:
    described = ask(path, f"select column_type from (describe {sql.strip().rstrip(';')})")  # noqa: S608  # locked down
    return [row[0] for row in described.rows]


def _store(memory: duckdb.DuckDBPyConnection, answer: Answer, types: list[str]) -> None:
    columns = ", ".join(
        f'"{name.replace(chr(34), chr(34) * 2)}" {kind}'
        for name, kind in zip(answer.columns, types, strict=True)
    )
    memory.execute(f"create table {_NAME} ({columns})")
    if answer.rows:
        marks = ", ".join("?" * len(answer.columns))
        memory.executemany(f"insert into {_NAME} values ({marks})", answer.rows)  # noqa: S608
