"""The sites and their keys on the disk, what each has asked this month, and the signatures that were seen.

Knows rows, not rules. A running server and the command line may use the file at the same time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from rag.databases.database import Database
from rag.databases.dialects import insert_into
from sites.errors import SiteExists, SiteUnknown
from sites.keys import is_same
from sites.tables import PUSHED, SIGN_INS, SIGNATURES, SITES, SITES_KIND, USAGE
from sites.types import Limits, Site

_NO_KEY = "no site has this key, but looking costs the same"


def open_file(home: Path, address: str = "") -> Database:
    """The sites of a data folder, or of a PostgreSQL database. Raises StorageFailed, SitesOutdated or DriverMissing."""
    return Database(SITES_KIND, home, address)


class Sites:
    """The sites of a file; safe for several threads."""

    def __init__(self, file: Database):
        self._file = file

    def add(self, site: Site) -> None:
        """Raises SiteExists."""
        if any(other.name.casefold() == site.name.casefold() for other in self.all()):
            raise SiteExists(site.name)
        with self._file.change() as connection:
            connection.execute(insert(SITES).values(_row(site)))

    def all(self) -> list[Site]:
        with self._file.transaction() as connection:
            return [_site(row) for row in connection.execute(select(SITES).order_by(SITES.c.name))]

    def named(self, name: str) -> Site:
        """Raises SiteUnknown."""
        found = next((site for site in self.all() if site.name.casefold() == name.casefold()), None)
        if found is None:
            raise SiteUnknown(name)
        return found

    def with_key(self, key: str) -> Site | None:
        """The site of a public key, unless it was revoked; what is unknown takes as long."""
        with self._file.transaction() as connection:
            row = connection.execute(select(SITES).where(SITES.c.key == key)).one_or_none()
        site = _site(row) if row else None
        is_right = is_same(key, site.key if site else _NO_KEY)
        return site if is_right and site and not site.is_revoked else None

    def save(self, site: Site) -> None:
        """A site with other keys or rules."""
        with self._file.change() as connection:
            connection.execute(update(SITES).where(SITES.c.id == site.id).values(_row(site)))

    def revoke(self, name: str) -> Site:
        """Nobody gets in with the keys of a site any more; what is kept of it stays. Raises SiteUnknown."""
        site = replace(self.named(name), is_revoked=True)
        self.save(site)
        self.sign_out_all(site)
        return site

    def count_question(self, site: Site, day: date) -> bool:
        """One more question of this month; whether the site's budget allowed it."""
        if not site.limits.a_month:
            return False
        with self._file.change(lasting=False) as connection:
            first = insert_into(connection, USAGE).values(site_id=site.id, month=f"{day:%Y-%m}", questions=1)
            more = first.on_conflict_do_update(
                index_elements=["site_id", "month"],
                set_={"questions": USAGE.c.questions + 1},
                where=USAGE.c.questions < site.limits.a_month,
            )
            return bool(connection.execute(more).rowcount)

    def asked_in(self, site: Site, day: date) -> int:
        """The questions of a site in the month of a day."""
        query = select(USAGE.c.questions).where(USAGE.c.site_id == site.id, USAGE.c.month == f"{day:%Y-%m}")
        with self._file.transaction() as connection:
            return int(connection.execute(query).scalar() or 0)

    def note_signature(self, signature: str, expires_at: datetime, now: datetime) -> bool:
        """Remember a signature until it has run out; whether it is seen for the first time."""
        with self._file.change() as connection:
            connection.execute(delete(SIGNATURES).where(SIGNATURES.c.expires_at < now))
            new = insert_into(connection, SIGNATURES).values(signature=signature, expires_at=expires_at)
            return bool(connection.execute(new.on_conflict_do_nothing()).rowcount)

    def note_pushed(self, site_id: str, article_id: str) -> None:
        """An article that a site has sent is its own, wherever it appeared."""
        with self._file.change() as connection:
            pushed = insert_into(connection, PUSHED).values(site_id=site_id, article_id=article_id)
            connection.execute(pushed.on_conflict_do_nothing())

    def pushed(self, site_id: str) -> tuple[str, ...]:
        """The articles that a site has sent."""
        query = select(PUSHED.c.article_id).where(PUSHED.c.site_id == site_id).order_by(PUSHED.c.article_id)
        with self._file.transaction() as connection:
            return tuple(connection.execute(query).scalars())

    def has_pushed(self, site_id: str, article_ids: Sequence[str]) -> bool:
        """Whether a site has sent one of these articles."""
        query = select(PUSHED.c.article_id).where(PUSHED.c.site_id == site_id, PUSHED.c.article_id.in_(article_ids))
        with self._file.transaction() as connection:
            return connection.execute(query).first() is not None

    def with_editor_hash(self, hashed: str) -> Site | None:
        """The site whose editors have this secret, by what is kept of it."""
        found = [site for site in self.all() if is_same(site.editor_hash, hashed) and not site.is_revoked]
        return found[0] if found else None

    def sign_in(self, site: Site, token_hash: str, expires_at: datetime, now: datetime) -> None:
        with self._file.change() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.expires_at <= now))
            connection.execute(insert(SIGN_INS).values(token_hash=token_hash, site_id=site.id, expires_at=expires_at))

    def signed_in(self, token_hash: str, now: datetime) -> Site | None:
        """The site whose editor has this token."""
        query = select(SITES).join(SIGN_INS).where(SIGN_INS.c.token_hash == token_hash, SIGN_INS.c.expires_at > now)
        with self._file.transaction() as connection:
            row = connection.execute(query).one_or_none()
        return _site(row) if row and not row.is_revoked else None

    def sign_out(self, token_hash: str) -> None:
        with self._file.change() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.token_hash == token_hash))

    def sign_out_all(self, site: Site) -> None:
        """Whoever is signed in for a site has to sign in again."""
        with self._file.change() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.site_id == site.id))


def _row(site: Site) -> dict[str, Any]:
    limits = site.limits
    return {
        "id": site.id, "name": site.name, "key": site.key, "secret": site.secret, "editor_hash": site.editor_hash,
        "origins": list(site.origins), "added": site.added, "a_minute": limits.a_minute,
        "reader_a_minute": limits.reader_a_minute, "a_month": limits.a_month, "rest": site.rest,
        "every_article": site.every_article, "fetches": site.fetches, "is_revoked": site.is_revoked,
        "country": site.country,
    }  # fmt: skip


def _site(row: Row[Any]) -> Site:
    return Site(
        row.id, row.name, row.key, row.secret, row.editor_hash, tuple(row.origins), row.added,
        Limits(row.a_minute, row.reader_a_minute, row.a_month), row.rest, row.every_article, row.fetches,
        row.is_revoked, row.country,
    )  # fmt: skip
