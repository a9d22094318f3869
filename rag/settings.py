"""Every knob, read once at the edge. Knows no other module."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_ORIGIN = rf"https?://{_NAME}(?::\d{{1,5}})?"
_DATABASE = r"postgres(?:ql)?(?:\+psycopg)?://(?=.)"
_SHORTEST_TOKEN = 16
DEFAULT_EMBEDDER = "multilingual-e5-small"


class Settings(BaseSettings):
    """All settings; each is an environment variable with the prefix ACTUCLAIR_."""

    model_config = SettingsConfigDict(env_prefix="ACTUCLAIR_", frozen=True)

    home: Path = Field(Path("var"), description="the data folder: record, index, lock")
    database_url: SecretStr = Field(
        SecretStr(""),
        description="a PostgreSQL database instead of the files in the data folder: "
        "postgresql+psycopg://user:password@host/name",
    )
    vectors: str = Field(
        "chroma",
        description="where passages are found by meaning: `chroma`, in this process and the data folder; the address "
        "of a Chroma server on a private network; or `pgvector`, in the PostgreSQL database",
    )
    models: Path = Field(user_cache_path("actuclair") / "models", description="the folder of the models")
    embedder: str = Field(
        DEFAULT_EMBEDDER,
        description="a model of the catalogue, a sentence-transformers folder, a hub id, or the address of an "
        "OpenAI-compatible endpoint",
    )
    embedder_model: str = Field("default", description="the embedder's name at the endpoint; the index remembers it")
    embedder_api_key: SecretStr = Field(SecretStr("none"), description="the endpoint's key")
    embedder_query_prompt: str = Field("", description="what questions begin with at the endpoint: `query: ` for E5")
    embedder_passage_prompt: str = Field("", description="what passages begin with at the endpoint: `passage: ` for E5")
    reranker: str = Field(
        "", description="a cross-encoder that orders the best passages anew: a sentence-transformers folder or a hub id"
    )
    checker: str = Field(
        "",
        description="a model that tells whether a sentence follows from its evidence (entailment, in the readers' "
        "languages): a folder or a hub id of a classifier of sentence pairs",
    )
    writer: str = Field(
        "qwen2.5-coder-1.5b-instruct",
        description="a model of the catalogue, a GGUF file, the address of an OpenAI-compatible endpoint, or `none`",
    )
    writer_model: str = Field("default", description="the model's name at the endpoint")
    writer_api_key: SecretStr = Field(SecretStr("none"), description="the endpoint's key")
    writer_timeout_s: float = Field(60.0, gt=0, description="seconds to wait for the next word of the model")
    quote_similarity: float = Field(
        0.88,
        ge=-1,
        le=1,
        description="the cosine from which quotes answer a question; up to .05 below they are the nearest",
    )
    threads: int = Field(0, ge=0, description="threads of the local language model; 0: one a core")
    feeds: str = Field("", description="addresses of feeds that the server follows, with spaces between them")
    feeds_every_min: int = Field(15, ge=1, le=1440, description="minutes between two readings of a feed")
    country: Literal["FR", "IT", "UK", "ES", "DE", "EU"] = Field(
        "FR", description="whose helplines are named; EU: those of no country, 116 111 and 112"
    )
    default_language: Literal["fr", "en", "it", "es", "de"] = Field(
        "fr", description="the page's first language, and that of questions in none of the five"
    )
    host: str = Field("127.0.0.1", description="the address the page listens on")
    port: int = Field(7860, ge=0, le=65535, description="the port the page listens on")
    hosts: str = Field(
        "",
        description="names under which readers reach the page, with spaces between them; addresses, localhost and the "
        "machine's own name need none",
    )
    public_url: str = Field(
        "",
        description="the address by which pupils reach a class, such as https://news.school.example; without it, that "
        "under which the teacher has opened the page",
    )
    own_address: str = Field(
        "",
        description="where other servers on the same database reach this one, on a private network, such as "
        "http://10.0.0.5:7860: so each of them can be asked for any class",
    )
    origins: str = Field(
        "", description="web sites that may show the page in a frame: https://school.example, with spaces between them"
    )
    proxies: str = Field(
        "", description="addresses or networks of proxies whose X-Forwarded-* headers are believed, with spaces between"
    )
    calls_per_minute: int = Field(
        30, ge=1, description="what one open page may ask for in a minute; a question takes two calls"
    )
    readers_per_address: int = Field(
        40,
        ge=1,
        description="readers that may sit behind one address, as in a school: it may ask as often as they",
    )
    retention_days: int = Field(30, ge=0, description="days after which what readers leave on the disk is deleted")

    finish_s: int = Field(30, ge=0, le=600, description="seconds that answers under way get when the server stops")
    log: Literal["plain", "json"] = Field("plain", description="log lines for people, or as JSON with request ids")
    observer_token: SecretStr = Field(
        SecretStr(""),
        description="16 characters at least: who sends it sees /metrics and /readyz; else only this machine does",
    )
    traces: str = Field("", description="an OpenTelemetry collector that gets spans of answers: http://127.0.0.1:4317")

    @field_validator("country", mode="before")
    @classmethod
    def _is_code(cls, value: object) -> object:
        """Example: 'it' -> 'IT'; 'GB', which is the same in ISO 3166 -> 'UK'"""
        code = value.strip().upper() if isinstance(value, str) else value
        return "UK" if code == "GB" else code

    @field_validator("observer_token")
    @classmethod
    def _is_long(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < _SHORTEST_TOKEN:
            raise ValueError(f"it needs {_SHORTEST_TOKEN} characters at least, such as `openssl rand -hex 16` gives")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: SecretStr) -> SecretStr:
        from sqlalchemy import make_url  # only where there is one
        from sqlalchemy.exc import ArgumentError

        address = value.get_secret_value()
        try:
            is_address = not address or bool(re.match(_DATABASE, address) and make_url(address).database)
        except (ArgumentError, ValueError):  # whose words may hold the password
            is_address = False
        if not is_address:
            raise ValueError("it needs an address such as postgresql+psycopg://user:password@host/name")
        return value

    @field_validator("vectors")
    @classmethod
    def _is_engine(cls, value: str, known: ValidationInfo) -> str:
        database = known.data.get("database_url")
        if value == "pgvector" and database is not None and not database.get_secret_value():
            raise ValueError("pgvector is in a PostgreSQL database: name it in ACTUCLAIR_DATABASE_URL")
        if not re.fullmatch(f"chroma|pgvector|{_ORIGIN}", value):
            raise ValueError("name chroma, pgvector, or the address of a Chroma server such as http://10.0.0.5:8000")
        return value

    @property
    def database(self) -> str:
        """The address of the database as its driver takes it, '' for files."""
        return re.sub(_DATABASE, "postgresql+psycopg://", self.database_url.get_secret_value())

    @field_validator("traces")
    @classmethod
    def _is_collector(cls, value: str) -> str:
        return _each(value, _ORIGIN, "an address such as http://127.0.0.1:4317")

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, value: str) -> str:
        return _each(value, _NAME, "names without a scheme, a port or a path, such as news.school.example")

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        return _each(value, _ORIGIN, "origins such as https://school.example")

    @field_validator("public_url", "own_address")
    @classmethod
    def _is_origin(cls, value: str, field: ValidationInfo) -> str:
        if len(value.split()) > 1:
            raise ValueError("name one address")
        example = "http://10.0.0.5:7860" if field.field_name == "own_address" else "https://news.school.example"
        return _each(value.strip().rstrip("/"), _ORIGIN, f"an address such as {example}")

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for entry in value.split():
            ip_network(entry, strict=False)
        return value


def _each(value: str, pattern: str, wanted: str) -> str:
    for entry in value.split():
        if not re.fullmatch(pattern, entry):
            raise ValueError(f"'{entry}' does not fit: name {wanted}")
    return value
