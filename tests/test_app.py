"""What the server settles for its whole process."""

import gc

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController, threadpool_limits

from app import multiply_alone, then_settle


def test_products_of_numpy_keep_no_second_core_busy():
    np.eye(2) @ np.eye(2)
    blas = ThreadpoolController().select(internal_api="openblas")
    if not len(blas):
        pytest.skip("this NumPy multiplies with something else than OpenBLAS")

    with threadpool_limits(2, user_api="blas"):  # and what there was comes back afterwards
        before = {library["num_threads"] for library in blas.info()}
        multiply_alone()
        after = {library["num_threads"] for library in blas.info()}

    assert (before, after) == ({2}, {1})


def test_what_stays_in_memory_is_looked_through_no_more_once_a_server_has_rehearsed():
    frozen = gc.get_freeze_count()
    try:
        assert list(then_settle(["fr", "it"])) == ["fr", "it"]
        assert gc.get_freeze_count() > frozen
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
