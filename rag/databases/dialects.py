"""The few statements that SQLite and PostgreSQL write differently. Knows no tables."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

POSTGRES = "postgresql"


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens to a row that is there already."""
    return postgresql.insert(table) if connection.dialect.name == POSTGRES else sqlite.insert(table)


class DaysBetween(FunctionElement[float]):
    """The days from one date to a later one; both may be text. Example: '2026-01-31', '2026-02-01' -> 1"""

    type = Float()
    inherit_cache = True

    def __init__(self, earlier: ColumnElement[Any], later: ColumnElement[Any]):
        super().__init__(earlier, later)


@compiles(DaysBetween, "sqlite")
def _in_sqlite(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    earlier, later = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(DaysBetween, POSTGRES)
def _in_postgres(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    earlier, later = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(CAST({later} AS DATE) - CAST({earlier} AS DATE))"
