"""The teacher's secret and sign-in. Knows no requests.

The secret is chosen by people, so it is kept by Argon2id; the token of a sign-in is random, so SHA-256 is enough.
"""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from classroom.clock import Clock
from classroom.errors import NotNow, SecretTooShort
from classroom.storage import Storage
from classroom.tokens import kept, new_token

ROLE = "teacher"
LEAST_SECRET = 12  # characters
_LONGEST_SECRET = 1000
_SIGNED_IN = timedelta(hours=10)  # a day at school
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

    @property
    def has_secret(self) -> bool:
        return bool(self._storage.secret(ROLE))

    def sign_in(self, secret: str) -> str:
        """The token of a new sign-in. Raises NotNow; what is wrong takes as long as what is right."""
        hashed = self._storage.secret(ROLE)
        try:
            _HASHER.verify(hashed or _NOBODY, secret[:_LONGEST_SECRET])
        except VerifyMismatchError as error:
            raise NotNow("secret_wrong" if hashed else "no_secret", 403) from error
        if not hashed:
            raise NotNow("no_secret", 403)
        token, now = new_token(), self._clock()
        self._storage.sign_in(kept(token), now + _SIGNED_IN, now)
        return token

    def check(self, token: str) -> None:
        """Raises NotNow unless this token is of a sign-in that has not run out."""
        until = self._storage.signed_in_until(kept(token)) if token else None
        if until is None or until <= self._clock():
            raise NotNow("signed_out", 401)

    def sign_out(self, token: str) -> None:
        self._storage.sign_out(kept(token))
