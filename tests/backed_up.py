"""A data folder with everything that is ever kept, for tests of backups."""

import zipfile
from datetime import date
from pathlib import Path

from class_rooms import NOON
from fakes import FakeEmbedder
from page_turns import answer_of, evidence_of
from site_visits import SITE
from stored_articles import COWBOY, ROBOT
from test_class_storage import SECRET, full_register, keep

from classroom.keeping.storage import Storage
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.types import AnswerSentence
from sites.kept_answers import KeptAnswers
from sites.storage import Sites, open_file
from sites.types import Kept

PASSWORD = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"
CORRECTION = "È stato corretto."


def fill(home: Path) -> None:
    """Two articles; a class whose pupils wrote SECRET; a site whose reader did so, and which was corrected."""
    with Workspace(home, FakeEmbedder()) as workspace:
        ingest([COWBOY, ROBOT], workspace)
    storage = Storage(home)
    keep(storage, full_register())
    storage.set_secret("teacher", PASSWORD)
    storage.sign_in("token", NOON, NOON)
    storage.close()
    file = open_file(home)
    Sites(file).add(SITE)
    answer = answer_of(AnswerSentence(f"È {SECRET}.", (1,)), evidence=(evidence_of(1),))
    kept = Kept("a1", date(2026, 11, 22), answer, "cowboy", True, None)
    KeptAnswers(file).keep(SITE.id, kept)
    KeptAnswers(file).correct(SITE.id, kept, CORRECTION, date(2026, 11, 22))
    file.close()


def contents(backup: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(backup: Path, target: Path, **changed: bytes) -> Path:
    """The same archive with other contents of some files, by their names without what follows the dot."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents(backup).items():
            archive.writestr(name, changed.get(name.partition(".")[0], content))
    return target
