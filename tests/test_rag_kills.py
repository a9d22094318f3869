"""An ingest that is killed at any moment loses nothing that it acknowledged. kill_points.py does the killing."""

import os
import subprocess
import sys
from pathlib import Path

KILLS = 50
TESTS = Path(__file__).parent


def test_ingest_killed_at_fifty_random_moments_keeps_what_it_acknowledged_and_no_half_article(tmp_path: Path):
    killer = [sys.executable, str(TESTS / "kill_points.py"), str(tmp_path / "données"), str(KILLS)]
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])

    done = subprocess.run(killer, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths})

    assert done.returncode == 0, done.stdout + done.stderr
    acknowledged = [int(line) for line in done.stdout.split()]
    assert len(acknowledged) == KILLS
    assert any(acknowledged), "every kill came before the first step was stored"
