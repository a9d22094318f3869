"""The teacher's secret and sign-in. Knows no requests.

The secret is chosen by people, so it is kept by Argon2id; the token of a sign-in is random, so SHA-256 is enough.
"""

import threading
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cachetools import TTLCache

from classroom.clock import Clock
from classroom.entering.devices import device_of, new_device
from classroom.errors import NotNow, SecretTooShort
from classroom.keeping.storage import Storage
from classroom.tokens import kept, new_token

ROLE = "teacher"
LEAST_SECRET = 12  # characters
_LONGEST_SECRET = 1000
_SIGNED_IN = timedelta(hours=10)  # a day at school
_MOST_WAITING = 5  # sign-ins that are looked at or wait for it; the threads they wait in serve the pupils, too
_KNOWN_S, _MOST_KNOWN = 300.0, 200
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)  # RFC 9106, second choice
_NOBODY = _HASHER.hash("nobody has this secret")


def set_secret(storage: Storage, secret: str) -> None:
    """Keep the hash of a new secret; whoever was signed in has to sign in again. Raises SecretTooShort."""
    if len(secret.strip()) < LEAST_SECRET:
        raise SecretTooShort(len(secret.strip()), LEAST_SECRET)
    storage.set_secret(ROLE, _HASHER.hash(secret))


class SignIn:
    """Who is the teacher."""

    def __init__(self, storage: Storage, clock: Clock):
        self._storage = storage
        self._clock = clock
        self._hashing = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._known: TTLCache[str, bool] = TTLCache(_MOST_KNOWN, _KNOWN_S)

    @property
    def has_secret(self) -> bool:
        return bool(self._storage.secret(ROLE))

    def sign_in(self, secret: str) -> str:
        """The token of a new sign-in. Raises NotNow; what is wrong takes as long as what is right."""
        hashed = self._storage.secret(ROLE)
        if not self._is_right(hashed or _NOBODY, secret):
            raise NotNow("secret_wrong" if hashed else "no_secret", 403)
        if not hashed:
            raise NotNow("no_secret", 403)
        token, now = new_token(), self._clock()
        self._storage.sign_in(kept(token), now + _SIGNED_IN, now)
        return token

    def _is_right(self, hashed: str, secret: str) -> bool:
        """One after the other: each takes a core and 64 MiB, which the class needs. Raises NotNow for one too many."""
        if not self._waiting.acquire(blocking=False):
            raise NotNow("too_many_tries", 429)
        try:
            with self._hashing:
                return _HASHER.verify(hashed, secret[:_LONGEST_SECRET])
        except VerifyMismatchError:
            return False
        finally:
            self._waiting.release()

    def new_device(self) -> str:
        """A cookie by which this browser is known when it signs in again."""
        return new_device(self._storage.secret(ROLE))

    def device_of(self, cookie: str) -> str:
        """The name of a browser in which a teacher has signed in with this secret, '' for any other."""
        return device_of(cookie, self._storage.secret(ROLE)) if cookie else ""

    def knows(self, token: str) -> str:
        """A name for who was found signed in a short while ago, without a look at the disk; '' for anybody else."""
        hashed = kept(token) if token else ""
        return hashed if hashed in self._known else ""

    def check(self, token: str) -> None:
        """Raises NotNow unless this token is of a sign-in that has not run out."""
        until = self._storage.signed_in_until(kept(token)) if token else None
        if until is None or until <= self._clock():
            raise NotNow("signed_out", 401)
        self._known[kept(token)] = True

    def sign_out(self, token: str) -> None:
        self._known.pop(kept(token), None)
        self._storage.sign_out(kept(token))
