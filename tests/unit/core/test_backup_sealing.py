"""Nothing but the very file that was written, with the very key, is ever believed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.backups import sealing
from portal.core.backups.refusals import ArchiveDamaged, ArchiveRefused, WrongKey
from portal.core.backups.sealing import HEADER_BYTES, MAGIC, SealedReader, SealedWriter

KEY = "a-key-for-tests-" + "k" * 40
CHUNK = 64


@pytest.fixture(autouse=True, scope="module")
def _small_chunks():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(sealing, "CHUNK_BYTES", CHUNK)
        monkeypatch.setattr(sealing, "SEALED_CHUNK_BYTES", CHUNK + 16)
        yield


def sealed(*pieces: bytes, key: str = KEY) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, key)
    for piece in pieces:
        writer.write(piece)
    writer.close()
    return target.getvalue()


def opened(data: bytes, key: str = KEY, size: int = 50) -> bytes:
    reader = SealedReader(io.BytesIO(data), key)
    plain = b""
    while block := reader.read(size):
        plain += block
    return plain


def chunks_of(data: bytes) -> list[bytes]:
    body = data[HEADER_BYTES:]
    return [body[start : start + CHUNK + 16] for start in range(0, len(body), CHUNK + 16)]


@given(st.lists(st.binary(max_size=200), max_size=6), st.integers(1, 300))
def test_what_was_sealed_comes_back(pieces, size):
    assert opened(sealed(*pieces), size=size) == b"".join(pieces)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_every_length_about_a_chunk_comes_back(length):
    assert opened(sealed(b"x" * length)) == b"x" * length


def test_plain_text_does_not_show():
    assert b"Pham Thi Hoa" not in sealed(b"Pham Thi Hoa" * 20)


def test_two_files_of_one_text_share_no_chunk():
    first, second = sealed(b"x" * 200), sealed(b"x" * 200)
    assert not set(chunks_of(first)) & set(chunks_of(second))


@pytest.mark.parametrize("mask", [0x01, 0x80])
def test_each_single_byte_that_changes_is_noticed(mask):
    whole = sealed(b"gia dinh so" * 20)
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= mask
        with pytest.raises(ArchiveRefused):
            opened(bytes(damaged))


def test_each_place_at_which_it_is_cut_is_noticed():
    whole = sealed(b"gia dinh so" * 20)
    for length in range(len(whole)):
        with pytest.raises(ArchiveRefused):
            opened(whole[:length])


@pytest.mark.parametrize(
    "order", [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 3], [0, 1, 1, 2, 3], [0, 1, 2, 3, 3], [3, 2, 1, 0]]
)
def test_chunks_in_another_order_are_noticed(order):
    whole = sealed(b"x" * (3 * CHUNK + 10))
    chunks = chunks_of(whole)
    assert len(chunks) == 4
    with pytest.raises(ArchiveDamaged):
        opened(whole[:HEADER_BYTES] + b"".join(chunks[number] for number in order))


def test_chunk_of_another_file_of_the_same_key_is_noticed():
    mine, other = sealed(b"x" * 200), sealed(b"y" * 200)
    with pytest.raises(ArchiveDamaged):
        opened(mine[:HEADER_BYTES] + b"".join([chunks_of(other)[0], *chunks_of(mine)[1:]]))


def test_whatever_is_added_at_the_end_is_noticed():
    with pytest.raises(ArchiveDamaged):
        opened(sealed(b"x" * 200) + b"\0")


def test_another_key_is_called_a_wrong_key():
    with pytest.raises(WrongKey):
        opened(sealed(b"x"), key=KEY + "k")


@pytest.mark.parametrize("data", [b"", MAGIC, b"PK\x03\x04" + b"\0" * 100])
def test_another_kind_of_file_is_called_so(data):
    with pytest.raises(ArchiveRefused, match="không phải bản sao lưu"):
        opened(data)
