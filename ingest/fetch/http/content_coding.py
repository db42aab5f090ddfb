"""Content codings (gzip, deflate, br, zstd), decoded piece by piece within a size limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli
import zstandard

from ingest.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CODINGS = 2
_LONGEST_HEADER = 200
#: Misconfigured servers send these although no coding was applied.
_NO_CODING = frozenset({"", "identity", "none", "utf-8", "utf8", "iso-8859-1", "8bit", "binary"})
#: Bytes decoded in one step, so that a decompression bomb is noticed early.
_STEP_BYTES = 256 * 1024
#: Parallel compressors write dozens of members for a page; this many are an attack.
_MOST_MEMBERS = 1000
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
#: RFC 9659: the largest window that an HTTP client has to support.
_ZSTD_WINDOW = 8 * 1024 * 1024
#: python-zstandard has no output limit per call; 256 bytes of input hold at most 8 MB.
_ZSTD_SLICE = 256


class ContentDecoder:
    """Decodes a raw body that is fed piece by piece; ``limit`` bounds the output of each coding, in bytes.

    Raises FetchError with an empty URL: ``decode`` for a broken or unknown coding or too many of them, ``too_large``
    above the limit, ``truncated`` if the body ends early.
    """

    def __init__(self, content_encoding: str, limit: int) -> None:
        self._decoders = [_DECODERS[name]() for name in _codings(content_encoding)]
        self._sizes = [0] * len(self._decoders)
        self._limit = limit
        self._received = 0
        self._content = bytearray()

    def feed(self, data: bytes) -> None:
        self._received += len(data)
        self._check_limit(self._received)
        for piece in self._decode(0, data):
            self._content += piece
            self._check_limit(len(self._content))

    @property
    def decoded(self) -> bytes:
        """The content decoded so far."""
        return bytes(self._content)

    def finish(self) -> bytes:
        """The complete content. A body that is itself a gzip file, as sitemaps are, is decompressed too."""
        for decoder in self._decoders:
            decoder.finish()
        if self._content.startswith(_GZIP_MAGIC) and len(self._decoders) < _MOST_CODINGS:
            packed = bytes(self._content)
            self._received = 0
            self._decoders, self._sizes, self._content = [_Gzip()], [0], bytearray()
            self.feed(packed)
            self._decoders[0].finish()
        return bytes(self._content)

    def _decode(self, depth: int, data: bytes) -> Iterator[bytes]:
        if depth == len(self._decoders):
            yield data
            return
        try:
            for piece in self._decoders[depth].feed(data):
                self._sizes[depth] += len(piece)
                self._check_limit(self._sizes[depth])
                yield from self._decode(depth + 1, piece)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise FetchError("", "decode", "the content coding is broken") from error

    def _check_limit(self, size: int) -> None:
        if size > self._limit:
            raise FetchError("", "too_large", f"more than {self._limit} bytes")


class _Gzip:
    """RFC 1952: one or more members; anything after them is padding and ignored."""

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = None
        self._members = 0
        self._pending = b""
        self._ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._pending = self._pending + data, b""
        while not self._ended:
            if self._member is None and not (data and self._start_member(data)):
                return
            assert self._member
            piece = self._member.decompress(data, _STEP_BYTES)
            data = self._member.unconsumed_tail
            yield piece
            if self._member.eof:
                data, self._member = self._member.unused_data, None
            elif not data and len(piece) < _STEP_BYTES:
                return

    def finish(self) -> None:
        if self._member is not None or (self._pending and not self._members):
            raise _truncated("gzip")

    def _start_member(self, data: bytes) -> bool:
        if len(data) < len(_GZIP_MAGIC):
            self._pending = data
            return False
        if not data.startswith(_GZIP_MAGIC):
            self._ended = True
            if not self._members:
                raise FetchError("", "decode", "announced as gzip, but it is not")
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise FetchError("", "decode", f"more than {_MOST_MEMBERS} gzip members")
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True


class _Deflate:
    """``deflate`` means the zlib format (RFC 9110); some servers send raw deflate instead."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._pending = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            data, self._pending = self._pending + data, b""
            if len(data) < 2:
                self._pending = data
                return
            is_zlib = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        piece = self._stream.decompress(data, _STEP_BYTES)
        while piece:
            yield piece
            piece = self._stream.decompress(self._stream.unconsumed_tail, _STEP_BYTES)

    def finish(self) -> None:
        if self._pending or (self._stream is not None and not self._stream.eof):
            raise _truncated("deflate")


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        self._started = self._started or bool(data)
        piece = self._stream.process(data, output_buffer_limit=_STEP_BYTES)
        while piece:
            yield piece
            piece = b"" if self._stream.is_finished() else self._stream.process(b"", output_buffer_limit=_STEP_BYTES)

    def finish(self) -> None:
        if self._started and not self._stream.is_finished():
            raise _truncated("Brotli")


class _Zstd:
    """RFC 8878: one or more frames; anything after them is padding and ignored."""

    def __init__(self) -> None:
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._frames = 0
        self._pending = b""
        self._ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_SLICE):
            rest, self._pending = self._pending + data[start : start + _ZSTD_SLICE], b""
            while rest and not self._ended:
                frame = self._frame or self._start_frame(rest)
                if frame is None:
                    break
                yield frame.decompress(rest)
                rest = frame.unused_data if frame.eof else b""
                self._frame = None if frame.eof else frame

    def finish(self) -> None:
        if self._frame is not None or (self._pending and not self._frames):
            raise _truncated("zstd")

    def _start_frame(self, data: bytes) -> zstandard.ZstdDecompressionObj | None:
        if len(data) < len(_ZSTD_MAGIC):
            self._pending = data
            return None
        if self._frames and not data.startswith(_ZSTD_MAGIC):
            self._ended = True
            return None
        self._frames += 1
        if self._frames > _MOST_MEMBERS:
            raise FetchError("", "decode", f"more than {_MOST_MEMBERS} zstd frames")
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


#: Each has `feed`, which yields decoded pieces of bounded size, and `finish`, which raises if the stream is incomplete.
_DECODERS: dict[str, type[_Gzip | _Deflate | _Brotli | _Zstd]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


def _codings(content_encoding: str) -> list[str]:
    """The codings to decode, in that order: the one that was applied last comes first."""
    if len(content_encoding) > _LONGEST_HEADER:
        raise FetchError("", "decode", "too many content codings")
    names = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in reversed(names) if name not in _NO_CODING]
    if len(codings) > _MOST_CODINGS:
        raise FetchError("", "decode", f"{len(codings)} content codings, one inside the other")
    for name in codings:
        if name not in _DECODERS:
            shown = name if name.isprintable() else "?"
            raise FetchError("", "decode", f"unknown content coding {shown[:40]}")
    return codings


def _truncated(coding: str) -> FetchError:
    return FetchError("", "truncated", f"the {coding} stream ends before its end")
