"""What the page cache has written down, whether it would still be served or not."""

import pickle
import zlib
from collections.abc import Iterator
from pathlib import Path


def stored_pages(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """(file, pickled response) of each copy in Django's store on files; text stands in it as it was sent."""
    for path in folder.glob("*.djcache"):
        with path.open("rb") as file:
            pickle.load(file)  # when the copy ends
            yield path, zlib.decompress(file.read())
