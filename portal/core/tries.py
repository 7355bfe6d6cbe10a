"""How often somebody may try a secret: counted per lock and per address, forgotten after a quarter of an hour."""

from hashlib import sha256

from portal.core.counts import count, counted, forget_count

#: Against trying one secret on many locks; a whole village may share one address.
MAX_TRIES_PER_ADDRESS = 40
MAX_TRIES = 5
LOCK_SECONDS = 15 * 60


class Tries:
    """Wrong tries under one name."""

    def __init__(self, name: str, *, limit: int = MAX_TRIES) -> None:
        self.key, self.limit = name, limit

    @classmethod
    def from_address(cls, name: str, address: str) -> "Tries":
        """Wrong tries from one network address, which is kept as a digest."""
        return cls(f"{name}.tu.{sha256(address.encode()).hexdigest()}", limit=MAX_TRIES_PER_ADDRESS)

    @property
    def left(self) -> int:
        """How many are left."""
        return max(self.limit - counted(self.key), 0)

    def miss(self) -> int:
        """Note a wrong one; returns how many are left."""
        return max(self.limit - count(self.key, LOCK_SECONDS), 0)

    def forget(self) -> None:
        """The right one was given."""
        forget_count(self.key)
