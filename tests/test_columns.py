"""Rows arrive in a table as they are, whichever way a column takes there: as one value, as few texts, as an array."""

import duckdb  # noqa: TID251  # the table is made here

from monitor.warehouse import columns


def test_rows_come_back_as_they_went_in():
    connection = duckdb.connect()
    connection.execute(
        "create table t (n integer, one varchar, few varchar, gaps varchar, many varchar, names varchar[], f double)"
    )
    rows = [
        {
            "n": number,
            "one": "same",
            "few": ("naïve", "北京", "a\nb")[number % 3],
            "gaps": (None, "x", "")[number % 3],
            "many": f"text {number}" if number % 7 else None,
            "names": ["Ada", f"{number}"],
            "f": number / 3,
        }
        for number in range(2_500)
    ]
    columns.insert(connection, "t", rows)
    assert connection.execute("select * from t order by n").fetchall() == [
        tuple(row.values()) for row in rows
    ]


def test_few_rows_and_columns_of_nothing_come_back_too():
    connection = duckdb.connect()
    connection.execute("create table t (n integer, nothing varchar, text varchar)")
    rows = [{"n": number, "nothing": None, "text": "y"} for number in range(3)]
    columns.insert(connection, "t", rows)
    assert connection.execute("select * from t order by n").fetchall() == [
        tuple(row.values()) for row in rows
    ]
