"""Content codings undone piece by piece, wherever the network cuts them."""

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FetchError
from ingest.fetch.http.content_coding import ContentDecoder

TEXT = "".join(f"Ship {n} passes the lighthouse at {n % 24} o'clock.\n" for n in range(400)).encode()


def _raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def unpack(coding: str, *pieces: bytes, limit: int = 1_000_000) -> bytes:
    decoder = ContentDecoder(coding, limit)
    for piece in pieces:
        decoder.feed(piece)
    return decoder.finish()


def failure_of(coding: str, *pieces: bytes, limit: int = 1_000_000) -> str:
    with pytest.raises(FetchError) as caught:
        unpack(coding, *pieces, limit=limit)
    return caught.value.code


@pytest.mark.parametrize("coding", PACKERS)
@given(content=st.binary(max_size=2000), size=st.integers(1, 50))
def test_content_comes_back_however_it_was_cut(coding: str, content: bytes, size: int) -> None:
    packed = PACKERS[coding](b"." + content)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert unpack(coding, *pieces) == b"." + content


@pytest.mark.parametrize("coding", PACKERS)
def test_every_cut_is_noticed(coding: str) -> None:
    packed = PACKERS[coding](TEXT)
    codes = {failure_of(coding, packed[:length]) for length in range(1, len(packed))}
    assert codes == {"truncated"}


@pytest.mark.parametrize("coding", PACKERS)
def test_output_stops_at_the_limit(coding: str) -> None:
    packed = PACKERS[coding](bytes(3_000_000))
    assert unpack(coding, packed, limit=3_000_000) == bytes(3_000_000)
    assert failure_of(coding, packed, limit=2_999_999) == "too_large"


@pytest.mark.parametrize("coding", [*PACKERS, "", "identity"])
def test_an_empty_body_is_empty_whatever_was_announced(coding: str) -> None:
    assert unpack(coding) == b""
    assert unpack(coding, b"") == b""


@pytest.mark.parametrize("coding", PACKERS)
def test_plain_text_under_a_coding_is_an_error(coding: str) -> None:
    assert failure_of(coding, TEXT) in {"decode", "truncated"}


def test_deflate_is_understood_in_both_readings() -> None:
    assert unpack("deflate", _raw_deflate(TEXT)) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_are_joined_and_padding_is_left_out(coding: str) -> None:
    pack = PACKERS[coding]
    assert unpack(coding, pack(b"one ") + pack(b"two"), bytes(50)) == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_thousand_members_are_joined_and_more_are_refused(coding: str) -> None:
    member = PACKERS[coding](b"x")
    assert unpack(coding, member * 1000) == b"x" * 1000
    assert failure_of(coding, member * 1001) == "decode"


def test_two_codings_are_undone_in_turn_and_three_are_not() -> None:
    assert unpack("gzip, br", brotli.compress(gzip.compress(TEXT))) == TEXT
    assert unpack("GZIP ,identity, Br", brotli.compress(gzip.compress(TEXT))) == TEXT
    assert failure_of("gzip, br, gzip", TEXT) == "decode"


def test_the_inner_of_two_codings_is_bounded_too() -> None:
    assert failure_of("gzip, gzip", gzip.compress(gzip.compress(bytes(5_000_000)))) == "too_large"
    padded = gzip.compress(TEXT) + bytes(5_000_000)
    assert failure_of("gzip, gzip", gzip.compress(padded)) == "too_large"


def test_a_body_that_is_a_gzip_file_is_unpacked_within_the_same_limit() -> None:
    assert unpack("", gzip.compress(TEXT)) == TEXT
    assert unpack("gzip", gzip.compress(gzip.compress(TEXT))) == TEXT
    assert failure_of("", gzip.compress(bytes(5_000_000))) == "too_large"
    assert failure_of("", gzip.compress(TEXT)[:-9]) == "truncated"


def test_a_zstd_frame_may_not_ask_for_more_memory_than_the_web_allows() -> None:
    def packed(window_log: int) -> bytes:
        parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=window_log)
        packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
        return packer.compress(TEXT) + packer.flush()

    assert unpack("zstd", packed(23)) == TEXT  # 8 MB, as in RFC 9659
    assert failure_of("zstd", packed(24)) == "decode"


@pytest.mark.parametrize("coding", ["x-nonesuch", "gzip;q=1", "\x1b[31m", "g" * 300, "g" * 150])
def test_unknown_codings_are_refused_in_printable_words(coding: str) -> None:
    with pytest.raises(FetchError) as caught:
        ContentDecoder(coding, 10)
    assert caught.value.code == "decode"
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 80


def test_a_header_of_200_characters_is_read_and_a_longer_one_is_refused() -> None:
    assert unpack("gzip".rjust(200), gzip.compress(TEXT)) == TEXT
    assert failure_of("gzip".rjust(201), gzip.compress(TEXT)) == "decode"


@pytest.mark.parametrize("coding", ["", "gzip, gzip"])
def test_a_body_of_exactly_the_limit_is_read(coding: str) -> None:
    body = bytes(range(256)) * 4
    packed = gzip.compress(gzip.compress(body)) if coding else body
    limit = max(len(packed), len(gzip.compress(body)), len(body)) if coding else len(body)
    assert unpack(coding, packed, limit=limit) == body
    assert failure_of(coding, packed, limit=len(body) - 1) == "too_large"


def test_a_gzip_file_of_exactly_the_limit_is_unpacked() -> None:
    body = random.Random(1).randbytes(1000)
    packed = gzip.compress(body)
    assert len(packed) > len(body)
    assert unpack("", packed, limit=len(packed)) == body
    assert unpack("", gzip.compress(bytes(1000)), limit=1000) == bytes(1000)


def test_two_codings_are_the_most_that_are_undone_with_those_of_the_file() -> None:
    inner = gzip.compress(TEXT)
    assert unpack("gzip, gzip", gzip.compress(gzip.compress(inner))) == inner
    assert unpack("gzip", gzip.compress(inner)) == TEXT


def test_the_shortest_raw_deflate_is_read() -> None:
    assert unpack("deflate", _raw_deflate(b"")) == b""
    assert unpack("deflate", *(bytes([byte]) for byte in _raw_deflate(b"a"))) == b"a"


def test_a_long_run_of_one_byte_comes_back_whole_wherever_decoding_pauses() -> None:
    for length in range(262_144 - 3, 262_144 + 300, 7):
        assert unpack("gzip", gzip.compress(bytes(length))) == bytes(length)


@pytest.mark.parametrize(("coding", "magic"), [("gzip", b"\x1f\x8b"), ("zstd", b"\x28\xb5\x2f\xfd")])
def test_a_second_member_that_has_but_begun_is_missed(coding: str, magic: bytes) -> None:
    packed = PACKERS[coding](TEXT)
    assert failure_of(coding, packed, magic) == "truncated"
    assert unpack(coding, packed, magic[:-1]) == TEXT
