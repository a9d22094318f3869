"""Every deliberate error of answering; the root of the tree is `corpus.errors.ActuclairError`."""

from pathlib import Path
from typing import ClassVar

from corpus.errors import ActuclairError


class InvalidQuestion(ActuclairError):
    """The question, its language or its level cannot be used. `phrase` names the sentence a reader is shown."""

    def __init__(self, message: str, phrase: str):
        super().__init__(message)
        self.phrase = phrase


class Unusable(ActuclairError):
    """Something cannot be used, for a reason; `said` tells which, why, and what to do.

    A full stop of the reason is left out, for `said` has its own.
    """

    said: ClassVar[str]

    def __init__(self, what: Path | str, reason: str):
        super().__init__(self.said.format(what=what, reason=reason.strip().rstrip(".?!")))


class IndexNotBuilt(ActuclairError):
    """There is nothing to search yet."""

    def __init__(self, home: Path):
        super().__init__(f"No articles are indexed in '{home}'. Run `actuclair ingest corpus/articles`.")


class IndexIncomplete(ActuclairError):
    """Articles are here, and no embedder has embedded all of them: an older version was broken off at that."""

    def __init__(self, home: Path):
        super().__init__(f"Not all articles in '{home}' are embedded. Run `actuclair reindex`.")


class EmbedderMismatch(ActuclairError):
    """The index was built with another embedder: their vectors do not compare."""

    def __init__(self, built_with: str, embedder: str):
        super().__init__(
            f"The index was built with the embedder '{built_with}', but the settings name '{embedder}'. "
            f"Set ACTUCLAIR_EMBEDDER={built_with}, or run `actuclair reindex` to embed all articles again."
        )


class EmbedderChanged(ActuclairError):
    """Under the name of the embedder that the index was built with answers another one, or passages begin otherwise."""

    def __init__(self, embedder: str):
        super().__init__(
            f"What answers as the embedder '{embedder}' is not what the index was built with: it gives known passages "
            f"other vectors. Bring the old model and ACTUCLAIR_EMBEDDER_PASSAGE_PROMPT back, or run "
            f"`actuclair reindex` to embed all articles again."
        )


class ReindexUnderWay(ActuclairError):
    """Another process embeds all articles again."""

    def __init__(self, where: str):
        super().__init__(
            f"Another process embeds all articles of '{where}' again. Wait until it is done, or stop it and run "
            f"`actuclair reindex` to go on where it was."
        )


class HomeInUse(ActuclairError):
    """Another process owns the data folder."""

    def __init__(self, home: Path, holder: str):
        self.holder = holder
        super().__init__(
            f"The data folder '{home}' is in use by {holder}. Stop that one first, "
            f"or set ACTUCLAIR_HOME to another folder."
        )


class DatabaseInUse(ActuclairError):
    """Others use the database, and what was to be done needs it alone."""

    def __init__(self, where: str, holders: str):
        super().__init__(
            f"The database '{where}' is in use by {holders}. Stop that first: with ACTUCLAIR_VECTORS=chroma there "
            f"can be only one."
        )


class RestoreUnfinished(ActuclairError):
    """Putting a backup back was broken off."""

    def __init__(self, home: Path):
        super().__init__(
            f"A backup was being put into '{home}', and that was broken off. Run `actuclair doctor --fix` to finish it."
        )


class RecordOutdated(ActuclairError):
    """Another version of the program made the data folder."""

    def __init__(self, home: Path):
        super().__init__(
            f"The data folder '{home}' was made by another version of Actuclair. Install that version or a newer one; "
            f"or set ACTUCLAIR_HOME to a new folder, and put a backup of this version there with `actuclair restore`, "
            f"or run `actuclair ingest` on your articles again."
        )


class DatabaseOutdated(ActuclairError):
    """Another version of the program made a schema of the database."""

    def __init__(self, where: str, schema: str, known: str):
        super().__init__(
            f"The schema '{schema}' of the database '{where}' was made by another version of Actuclair: {known}. "
            f"Install that version or a newer one, or name another database in ACTUCLAIR_DATABASE_URL."
        )


class StorageFailed(Unusable):
    """The data folder cannot be read or written."""

    said = (
        "The data folder '{what}' cannot be used: {reason}. Check its rights and the free space, then try again; "
        "`actuclair doctor` tells more."
    )


class RecordDamaged(StorageFailed):
    """The record itself is damaged: it is the one thing that nothing here can make again."""

    said = (
        "The record in '{what}' is damaged: {reason}. What can still be read is still answered. Put a backup into "
        "a new folder with `actuclair restore`, or rename this one and run `actuclair ingest` on your sources "
        "again; `actuclair doctor` tells more."
    )


class DatabaseFailed(StorageFailed):
    """The PostgreSQL database cannot be reached, read or written; `what` is its address without the password."""

    said = (
        "The database '{what}' cannot be used: {reason}. Check ACTUCLAIR_DATABASE_URL, and that the database "
        "runs and lets this machine in; `actuclair doctor` tells more."
    )


class IndexFailed(StorageFailed):
    """The vector index cannot be read or written; the record may well be sound."""


class VectorsFailed(IndexFailed):
    """The index of a Chroma server, or of PostgreSQL, cannot be read or written now."""

    said = (
        "The vectors at '{what}' cannot be used: {reason}. Until they can, every vector of the record is "
        "compared. Check ACTUCLAIR_VECTORS and that the server runs, then run `actuclair mend`."
    )


class VectorsUnusable(Unusable):
    """No Chroma server is where the settings say."""

    said = (
        "No Chroma server answers at '{what}': {reason}. Start one on a private network with "
        "`chroma run --host HOST --port PORT --path FOLDER`, or set ACTUCLAIR_VECTORS to where it is."
    )


class ExtensionMissing(Unusable):
    """PostgreSQL lacks the extension pgvector."""

    said = (
        "The database '{what}' has no extension 'vector': {reason}. Install pgvector where PostgreSQL runs and "
        'let its administrator run `psql --command "CREATE EXTENSION vector SCHEMA public"` in that database, or '
        "set ACTUCLAIR_VECTORS to the address of a Chroma server."
    )


class DriverMissing(ActuclairError):
    """The settings name PostgreSQL, and what talks to it is not installed."""

    def __init__(self, module: str):
        super().__init__(
            f"ACTUCLAIR_DATABASE_URL names PostgreSQL, and '{module}' is not installed. "
            f"Run `pip install -r requirements-postgres.lock`."
        )


class ModelUnknown(ActuclairError):
    """A model is named that the catalogue does not have."""

    def __init__(self, name: str, known: list[str]):
        super().__init__(f"There is no model '{name}' in the catalogue. It has: {', '.join(known)}.")


class ModelMissing(ActuclairError):
    """A model is named that is not on this machine."""

    def __init__(self, name: str, looked_in: Path):
        super().__init__(f"The model '{name}' is not in '{looked_in}'. Run `actuclair models pull`.")


class ModelUnreachable(ActuclairError):
    """No source of a model could be reached."""

    def __init__(self, name: str, target: Path, size: int, sha256: str, reasons: list[str]):
        tried = "; ".join(reasons)
        super().__init__(
            f"The model '{name}' could not be fetched ({tried}). Try `actuclair models pull` again: it goes on where "
            f"it stopped. Without a network, copy the file from a machine that has it ({size:,} bytes, "
            f"SHA-256 {sha256}) to '{target}' and run `actuclair models pull` again."
        )


class ModelFileInvalid(Unusable):
    """A model file is not what the catalogue says it is."""

    said = "The model file '{what}' cannot be used: {reason}. Delete it and run `actuclair models pull`."


_INSTEAD = {
    "embedder": "a name of `actuclair models list`, a model's folder, a hub id, or an address",
    "reranker": "a folder or a hub id of a sentence-transformers CrossEncoder, or to nothing",
    "checker": "a folder or a hub id of a model that tells entailment from contradiction, or to nothing",
}


class ModelUnusable(ActuclairError):
    """What the settings name as a model is none, or cannot be reached; `role`: 'embedder', 'reranker' or 'checker'."""

    def __init__(self, role: str, name: str, reason: str):
        first = next(iter(reason.strip().splitlines()), "it does not say why").rstrip(".")
        instead = f"ACTUCLAIR_{role.upper()} to {_INSTEAD[role]}"
        super().__init__(f"The {role} '{name}' cannot be used: {first}. Set {instead}.")


class WriterFailed(Unusable):
    """The language model did not answer, answered too late, or broke off."""

    said = (
        "The language model '{what}' did not answer: {reason}. Check ACTUCLAIR_WRITER; `actuclair doctor` tells more."
    )


class EmbedderFailed(Unusable):
    """The endpoint of the embedder did not answer, or not with vectors."""

    said = (
        "The embedder at '{what}' did not answer: {reason}. Check ACTUCLAIR_EMBEDDER and ACTUCLAIR_EMBEDDER_MODEL, "
        "and that it runs."
    )


class PromptMissing(ActuclairError):
    """A file of prompts or of readers' sentences is missing or lacks an entry."""

    def __init__(self, path: Path, entry: str):
        super().__init__(f"The file '{path}' has no entry '{entry}'. Restore it from the project.")


class WorkersLost(ActuclairError):
    """A worker of an ingest ended without a word; `when` says when."""

    def __init__(self, when: str):
        super().__init__(
            f"A worker process ended without a word, {when}. It may have run out of memory. What is indexed stays: run "
            f"the same command again, with fewer --workers, and it goes on where it stopped."
        )


class RayMissing(ActuclairError):
    """A Ray cluster is named, and Ray is not installed."""

    def __init__(self, where: str):
        super().__init__(
            f"--workers {where} needs Ray, which is not installed. Run `pip install -r requirements-ray.lock`, or give "
            f"--workers a number for processes of this machine."
        )


class RayFailed(Unusable):
    """A Ray cluster cannot be reached, or ended what it was doing."""

    said = (
        "The Ray cluster at '{what}' cannot be used: {reason}. What is indexed stays. See that it runs there "
        "(`ray status`; it is started with `ray start --head`), that it has the same versions of Python, Ray and "
        "Actuclair, and run the same command again: it goes on where it stopped."
    )
