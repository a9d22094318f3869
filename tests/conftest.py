"""What tests of several subjects share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("cli_runs", "engines")

_REPOSITORY = Path(__file__).resolve().parent.parent
_SEEDS = (_REPOSITORY / os.environ.get("ACTUCLAIR_SEEDS", "../shared/seeds")).resolve()

_EVALUATION = (_REPOSITORY / os.environ.get("ACTUCLAIR_EVALS", "../shared/evals")).resolve()

_THE_SAME_EACH_TIME = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.register_profile("actuclair", _THE_SAME_EACH_TIME)
settings.register_profile("search", _THE_SAME_EACH_TIME, max_examples=600, derandomize=False, print_blob=True)
settings.load_profile("actuclair")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five documents that the project is measured on; they are not part of it."""
    if not _SEEDS.is_dir():
        pytest.skip(f"no folder '{_SEEDS}': set ACTUCLAIR_SEEDS to where the seed documents are")
    return _SEEDS


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """The folder of the data that the project is measured on; it is not part of it."""
    if not _EVALUATION.is_dir():
        pytest.skip(f"no folder '{_EVALUATION}': set ACTUCLAIR_EVALS to where the evaluation data is")
    return _EVALUATION
