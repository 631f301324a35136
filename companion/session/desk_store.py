"""The store on this desk's own disk: where that is full, nothing was kept here either."""

from companion.errors import StoreFull
from companion.seat_errors import DeskFull
from companion.sync.store import Store, Watch


class DeskStore:
    """A Store around the folder in which this desk keeps a profile; it raises DeskFull."""

    def __init__(self, inside: Store) -> None:
        self._inside = inside
        self.place: str = inside.place
        self.watch: Watch = inside.watch

    @property
    def requests(self) -> int:
        """How many requests were made so far."""
        return self._inside.requests

    def names(self) -> set[str]:
        """The names of all objects."""
        return self._inside.names()

    def get(self, name: str) -> bytes:
        """An object's bytes. Raises ObjectMissing (name) as well."""
        return self._inside.get(name)

    def put(self, name: str, data: bytes) -> None:
        """Make an object, whole or not at all. Raises DeskFull."""
        try:
            self._inside.put(name, data)
        except StoreFull as error:
            raise DeskFull(place=self.place) from error

    def delete(self, name: str) -> None:
        """Remove an object; one that is not there is no error."""
        self._inside.delete(name)
