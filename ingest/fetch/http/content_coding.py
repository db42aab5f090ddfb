"""Content codings undone as the bytes come, never beyond a limit. Knows no characters and no network."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli
import zstandard

from ingest.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODINGS_AT_MOST = 2
_HEADER_AT_MOST = 200
#: Sent by misconfigured servers where no coding was applied.
_NO_CODING = frozenset({"", "identity", "none", "utf-8", "utf8", "iso-8859-1", "8bit", "binary"})
#: Decoded bytes per step, so that a bomb is noticed early.
_PIECE = 256 * 1024
#: Parallel compressors cut a page into dozens of members; nobody needs this many.
_MEMBERS_AT_MOST = 1000
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
#: RFC 9659: what an HTTP client has to support, and no more.
_ZSTD_WINDOW = 8 * 1024 * 1024
#: python-zstandard has no output limit per call; 256 bytes of input hold at most 8 MB.
_ZSTD_SLICE = 256


class Decoder:
    """Feed it the raw body piece by piece; ``limit`` bounds the output of every coding, in bytes.

    FetchError (with an empty URL) ``decode`` for a broken, unknown or too deep coding, ``too_large``, ``truncated``.
    """

    def __init__(self, content_encoding: str, limit: int) -> None:
        self._stages = [_STAGES[name]() for name in _applied(content_encoding)]
        self._counts = [0] * len(self._stages)
        self._limit = limit
        self._received = 0
        self._content = bytearray()

    def feed(self, data: bytes) -> None:
        self._received += len(data)
        self._check_limit(self._received)
        for piece in self._through(0, data):
            self._content += piece
            self._check_limit(len(self._content))

    @property
    def so_far(self) -> bytes:
        return bytes(self._content)

    def finish(self) -> bytes:
        """The whole content. A body that is a gzip file itself, as sitemaps are, is unpacked too."""
        for stage in self._stages:
            stage.finish()
        if self._content.startswith(_GZIP_MAGIC) and len(self._stages) < _CODINGS_AT_MOST:
            packed = bytes(self._content)
            self._received = 0
            self._stages, self._counts, self._content = [_Gzip()], [0], bytearray()
            self.feed(packed)
            self._stages[0].finish()
        return bytes(self._content)

    def _through(self, depth: int, data: bytes) -> Iterator[bytes]:
        if depth == len(self._stages):
            yield data
            return
        try:
            for piece in self._stages[depth].feed(data):
                self._counts[depth] += len(piece)
                self._check_limit(self._counts[depth])
                yield from self._through(depth + 1, piece)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise FetchError("", "decode", "the content coding is broken") from error

    def _check_limit(self, size: int) -> None:
        if size > self._limit:
            raise FetchError("", "too_large", f"more than {self._limit} bytes")


class _Gzip:
    """RFC 1952: one or several members; what follows them is padding."""

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = None
        self._members = 0
        self._held = b""
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while not self._over:
            if self._member is None and not (data and self._begin(data)):
                return
            assert self._member
            piece = self._member.decompress(data, _PIECE)
            data = self._member.unconsumed_tail
            yield piece
            if self._member.eof:
                data, self._member = self._member.unused_data, None
            elif not data and len(piece) < _PIECE:
                return

    def finish(self) -> None:
        if self._member is not None or (self._held and not self._members):
            raise _cut("gzip")

    def _begin(self, data: bytes) -> bool:
        if len(data) < len(_GZIP_MAGIC):
            self._held = data
            return False
        if not data.startswith(_GZIP_MAGIC):
            self._over = True
            if not self._members:
                raise FetchError("", "decode", "announced as gzip, but it is not")
            return False
        self._members += 1
        if self._members > _MEMBERS_AT_MOST:
            raise FetchError("", "decode", f"more than {_MEMBERS_AT_MOST} gzip members")
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True


class _Deflate:
    """``deflate`` is zlib by RFC 9110, and raw deflate by some servers' reading of it."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._held = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            data, self._held = self._held + data, b""
            if len(data) < 2:
                self._held = data
                return
            is_zlib = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        piece = self._stream.decompress(data, _PIECE)
        while piece:
            yield piece
            piece = self._stream.decompress(self._stream.unconsumed_tail, _PIECE)

    def finish(self) -> None:
        if self._held or (self._stream is not None and not self._stream.eof):
            raise _cut("deflate")


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        self._begun = self._begun or bool(data)
        piece = self._stream.process(data, output_buffer_limit=_PIECE)
        while piece:
            yield piece
            piece = b"" if self._stream.is_finished() else self._stream.process(b"", output_buffer_limit=_PIECE)

    def finish(self) -> None:
        if self._begun and not self._stream.is_finished():
            raise _cut("Brotli")


class _Zstd:
    """RFC 8878: one or several frames; what follows them is padding."""

    def __init__(self) -> None:
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._frames = 0
        self._held = b""
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_SLICE):
            rest, self._held = self._held + data[start : start + _ZSTD_SLICE], b""
            while rest and not self._over:
                frame = self._frame or self._begin(rest)
                if frame is None:
                    break
                yield frame.decompress(rest)
                rest = frame.unused_data if frame.eof else b""
                self._frame = None if frame.eof else frame

    def finish(self) -> None:
        if self._frame is not None or (self._held and not self._frames):
            raise _cut("zstd")

    def _begin(self, data: bytes) -> zstandard.ZstdDecompressionObj | None:
        if len(data) < len(_ZSTD_MAGIC):
            self._held = data
            return None
        if self._frames and not data.startswith(_ZSTD_MAGIC):
            self._over = True
            return None
        self._frames += 1
        if self._frames > _MEMBERS_AT_MOST:
            raise FetchError("", "decode", f"more than {_MEMBERS_AT_MOST} zstd frames")
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


#: Each has `feed`, decoded pieces of bounded size, and `finish`, which fails if the stream has not come to its end.
_STAGES: dict[str, type[_Gzip | _Deflate | _Brotli | _Zstd]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


def _applied(content_encoding: str) -> list[str]:
    """The codings to undo, outermost (last applied) first."""
    if len(content_encoding) > _HEADER_AT_MOST:
        raise FetchError("", "decode", "too many content codings")
    names = [name.strip().lower() for name in content_encoding.split(",")]
    applied = [name for name in reversed(names) if name not in _NO_CODING]
    if len(applied) > _CODINGS_AT_MOST:
        raise FetchError("", "decode", f"{len(applied)} content codings, one inside the other")
    for name in applied:
        if name not in _STAGES:
            shown = name if name.isprintable() else "?"
            raise FetchError("", "decode", f"unknown content coding {shown[:40]}")
    return applied


def _cut(coding: str) -> FetchError:
    return FetchError("", "truncated", f"the {coding} stream ends before its end")
