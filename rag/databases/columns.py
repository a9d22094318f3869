"""Columns that tables of several databases have alike. Knows no table."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey


def part_of(table: str, name: str = "", **options: Any) -> Column[str]:
    """The row that a row goes with. Example: 'pupils' -> a column 'pupil_id' that refers to pupils.id"""
    name = name or f"{table.removesuffix('s')}_id"
    return Column(name, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, **options)


def left_at() -> Column[datetime]:
    """The column of all that people leave: when a row was left, UTC without a zone."""
    return Column("left_at", DateTime, nullable=False, index=True)
