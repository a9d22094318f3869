"""Settings that are written in more than one way. Others are tested where they are used."""

import pytest

from rag.settings import Settings


@pytest.mark.parametrize(("written", "meant"), [("GB", "UK"), ("gb", "UK"), (" it ", "IT"), ("eu", "EU")])
def test_country_is_understood_as_people_write_it(monkeypatch: pytest.MonkeyPatch, written: str, meant: str):
    monkeypatch.setenv("ACTUCLAIR_COUNTRY", written)

    assert Settings().country == meant
