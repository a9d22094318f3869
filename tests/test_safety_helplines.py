"""The table of helplines against the facts that were collected for it, which are outside the project."""

import json
import re
from pathlib import Path

import pytest

from safety import helplines

COUNTRIES = ("FR", "IT", "UK", "ES", "DE", "EU")
REACHED_BY_112 = {"15", "17"}  # ambulance and police in France: one number less to choose from
SAME_LINE = {"116111"}  # the European number of the Spanish line; 900 20 20 10 is the one that is known there


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def numbers_of(facts: dict[str, object]) -> set[str]:
    """Every telephone number of a country's facts. Example: '900 20 20 10 / 116 111' -> {'900202010', '116111'}"""
    named = [str(facts[name]) for name in ("child", "online", "suicide") if name in facts]
    emergency = facts["emergency"]
    assert isinstance(emergency, list)
    return {digits(part) for text in [*named, *emergency] for part in re.split(r"[/(]", text) if digits(part)}


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_number_of_the_collected_facts_is_in_the_table(code: str, evaluation_data: Path):
    lines = json.loads((evaluation_data / "helplines.json").read_text(encoding="utf-8"))
    facts = next(line for line in lines if line["country"] == code)

    place = helplines.country(code)

    ours = {digits(number) for number in (*place.emergency, *place.emergency_text, *(x.number for x in place.lines))}
    left_out = numbers_of(facts) - ours
    assert left_out <= (REACHED_BY_112 if code == "FR" else SAME_LINE if code == "ES" else set())


def test_lines_that_do_not_answer_day_and_night_say_so():
    french = {line.number: line.hours for line in helplines.country("FR").lines}
    german = {line.number: line.hours for line in helplines.country("DE").lines}

    assert french["3018"] == helplines.Hours(1, 7, "9:00", "23:00")
    assert german["116 111"] == helplines.Hours(1, 6, "14:00", "20:00")
    assert german["0800 111 0 111"] == helplines.Hours()
