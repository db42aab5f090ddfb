"""Decodes the bytes of a page: by byte order mark, as UTF-8 if valid, as declared, and at last by detection.

The order is that of the WHATWG Encoding Standard with two exceptions: valid UTF-8 is UTF-8 whatever was declared, and
a declaration that does not fit the bytes is ignored.
"""

from __future__ import annotations

import codecs
import re

from ingest.errors import ExtractError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED_UTF16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))

#: Python codec: the labels that pages use for it, normalised as by `_codec`. Python's own registry is never consulted,
#: because it also knows `utf-7`, `rot13` and `zlib`, which only an attacker declares. A label of an ISO encoding stands
#: for the Windows superset where there is one, as in browsers. UTF-16 is left out: it is recognised by its mark or its
#: zero bytes, and any bytes at all decode as UTF-16.
_LABELS = {
    "utf-8": "utf8 unicode11utf8 unicode20utf8",
    "cp1252": "windows1252 cp1252 iso88591 88591 latin1 l1 isolatin1 isoir100 ibm819 cp819 ascii usascii ansix341968",
    "iso8859-2": "iso88592 88592 latin2 l2 isolatin2 isoir101",
    "iso8859-3": "iso88593 88593 latin3 l3 isolatin3 isoir109",
    "iso8859-4": "iso88594 88594 latin4 l4 isolatin4 isoir110",
    "iso8859-5": "iso88595 88595 cyrillic isolatincyrillic isoir144",
    "iso8859-6": "iso88596 88596 arabic isolatinarabic isoir127 ecma114 asmo708 iso88596e iso88596i",
    "iso8859-7": "iso88597 88597 greek greek8 isolatingreek isoir126 ecma118 elot928",
    "iso8859-8": "iso88598 88598 hebrew isolatinhebrew isoir138 iso88598e iso88598i logical visual",
    "iso8859-10": "iso885910 885910 latin6 l6 isolatin6 isoir157",
    "iso8859-13": "iso885913 885913 latin7",
    "iso8859-14": "iso885914 885914 latin8",
    "iso8859-15": "iso885915 885915 latin9 l9 isolatin9",
    "iso8859-16": "iso885916 885916 latin10",
    "cp1250": "windows1250 cp1250 win1250",
    "cp1251": "windows1251 cp1251 win1251 mscyrl",
    "cp1253": "windows1253 cp1253 win1253",
    "cp1254": "windows1254 cp1254 win1254 iso88599 88599 latin5 l5 isolatin5 isoir148 turkish",
    "cp1255": "windows1255 cp1255 win1255",
    "cp1256": "windows1256 cp1256 win1256",
    "cp1257": "windows1257 cp1257 win1257",
    "cp1258": "windows1258 cp1258 win1258",
    "cp874": "windows874 cp874 dos874 tis620 iso885911 885911",
    "cp437": "ibm437 cp437 437 pc8codepage437",
    "cp737": "ibm737 cp737",
    "cp775": "ibm775 cp775 pc775baltic",
    "cp850": "ibm850 cp850 850 pc850multilingual",
    "cp852": "ibm852 cp852 852 pcp852",
    "cp855": "ibm855 cp855 855",
    "cp857": "ibm857 cp857 857",
    "cp860": "ibm860 cp860 860",
    "cp861": "ibm861 cp861 861 cpis",
    "cp862": "ibm862 cp862 862 pc862latinhebrew",
    "cp863": "ibm863 cp863 863",
    "cp864": "ibm864 cp864",
    "cp865": "ibm865 cp865 865",
    "cp866": "ibm866 cp866 866",
    "cp1125": "ibm1125 cp1125 cp866u",
    "koi8-r": "koi8r koi8 koi",
    "koi8-u": "koi8u koi8ru",
    "koi8-t": "koi8t",
    "mac-roman": "macintosh mac macroman",
    "mac-cyrillic": "maccyrillic macukrainian",
    "mac-latin2": "maclatin2 maccentraleurope macce",
    "mac-greek": "macgreek",
    "mac-turkish": "macturkish",
    "mac-iceland": "maciceland",
    "gb18030": "gb18030 gb2312 gb231280 gbk cp936 ms936 windows936 euccn chinese hzgb2312 iso58gb231280 isoir58",
    "big5hkscs": "big5 big5hkscs cnbig5 xbig5 cp950",
    "euc_jis_2004": "eucjp ujis eucpkdfmtjapanese",
    "cp932": "shiftjis sjis mskanji windows31j ms932 cp932",
    "iso2022_jp_2004": "iso2022jp",
    "cp949": "euckr ksc56011987 ksc56011989 ksc5601 korean windows949 cp949 uhc ms949 isoir149",
}
_CODECS = {name: codec for codec, names in _LABELS.items() for name in names.split()}
#: Encodings in which foreign bytes are mostly invalid, so that a successful decoding is evidence.
_MULTIBYTE = frozenset({"utf-8", "gb18030", "big5hkscs", "euc_jis_2004", "cp932", "iso2022_jp_2004", "cp949"})

_NAME = rb"[\"']?[ \t]{0,8}([A-Za-z0-9_:.-]{1,40})"
_IN_TYPE = re.compile(rb"charset[ \t]{0,8}=[ \t]{0,8}" + _NAME, re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,500}?charset\s{0,8}=\s{0,8}" + _NAME, re.IGNORECASE)
_IN_XML = re.compile(rb"\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}" + _NAME, re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_HIGH_BYTES = bytes(range(128, 256))
_JIS_ESCAPE = b"\x1b$"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))

_DECLARED_WITHIN = 8192  # bytes from the start; browsers look at the first 1024 only
_SAMPLE = 16_384  # bytes that detection and the test for binary content look at
_MOST_BROKEN = 8  # U+FFFD in a page that is still taken as UTF-8
_MOST_BROKEN_SHARE = 0.02  # of the characters outside ASCII
_MOST_CONTROLS_SHARE = 0.02  # of the bytes; more is binary content
_RUN_SHARE = 0.5  # of the high bytes; text in a Latin alphabet has fewer of them in runs of four and more


def decode(content: bytes, content_type: str = "") -> str:
    """The text of a page, without NULs and lone surrogates; ``content_type`` is the value of the HTTP header.

    Single bytes that are invalid in the encoding become U+FFFD. Raises `ExtractError` ``encoding`` (with an empty URL)
    for binary content.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _clean(content[len(mark) :].decode(codec, "replace"))
    start = content[:64].lstrip()
    for sign, codec in _UNMARKED_UTF16:
        if start.startswith(sign):
            return _clean(content.decode(codec, "replace"))
    try:
        text = content.decode("iso2022_jp_2004" if _is_jis(content) else "utf-8")
    except UnicodeDecodeError:
        return _clean(_decode_legacy(content, content_type))
    # Searching bytes for a zero is ten times as fast as searching text.
    return _clean(text) if b"\0" in content else text.removeprefix("\ufeff")


def _is_jis(content: bytes) -> bool:
    """Whether it is ISO-2022-JP: 7-bit bytes in which escape sequences switch the character set."""
    # A single byte is found ten times as fast as a pair, and hardly any page has this one.
    return b"\x1b" in content and _JIS_ESCAPE in content and content.isascii()


def declared(content: bytes, content_type: str = "") -> list[str]:
    """The Python codecs named by HTTP header, ``<meta>`` and XML declaration, in this order, without unknown labels."""
    head = content[:_DECLARED_WITHIN]
    found = (
        _IN_TYPE.search(content_type[:500].encode("latin-1", "replace")),
        _IN_META.search(head),
        _IN_XML.match(head),
    )
    names = (match[1].decode("ascii").lower() for match in found if match)
    return list(dict.fromkeys(codec for name in names if (codec := _codec(name))))


def _codec(name: str) -> str:
    """The Python codec of a label, "" for an unknown one. Only letters and digits are compared (Unicode UTS #22)."""
    key = re.sub(r"[^a-z0-9]", "", name.lower().partition(":")[0])
    return _CODECS.get(key) or _CODECS.get(key.removeprefix("x").removeprefix("cs"), "")


def _decode_legacy(content: bytes, content_type: str) -> str:
    if _is_binary(content):
        raise ExtractError("", "encoding", "the bytes are no text in any encoding")
    names_of = declared(content, content_type)
    # Multibyte encodings first: servers add a Latin default to pages that declare another encoding themselves.
    for codec in sorted(names_of, key=lambda codec: codec not in _MULTIBYTE):
        text = content.decode(codec, "replace")
        if _fits(text, codec) and (codec != "cp1252" or _is_latin(content)):
            return text
    return _guess(content, names_of)


def _guess(content: bytes, names_of: list[str]) -> str:
    guessed = _detect(content)
    if guessed:
        text = content.decode(guessed, "replace")
        if _fits(text, guessed):
            return text
    # Nothing fits well: of the declared encodings and the defaults of browsers, the one with the fewest errors.
    texts = [content.decode(codec, "replace") for codec in (*names_of, "utf-8", "cp1252")]
    return min(texts, key=lambda text: text.count("\N{REPLACEMENT CHARACTER}"))


def _detect(content: bytes) -> str:
    import chardet  # noqa: PLC0415 — its first use takes 0.1 s and 36 MB, and few pages need it

    first = _HIGH.search(content)
    start = first.start() if first else 0
    name = chardet.detect(content[start : start + _SAMPLE])["encoding"] or ""
    return _codec(name)


def _fits(text: str, codec: str) -> bool:
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if broken <= (_MOST_BROKEN if codec == "utf-8" else 1):
        return True
    return broken <= _MOST_BROKEN_SHARE * (len(text) - len(text.encode("ascii", "ignore")))


def _is_latin(content: bytes) -> bool:
    """Whether it may be a Latin alphabet: accented letters stand alone, those of other alphabets follow each other."""
    high = len(content) - len(content.translate(None, _HIGH_BYTES))
    return sum(map(len, _HIGH_RUN.findall(content))) <= _RUN_SHARE * high


def _is_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS_SHARE * len(sample)


def _clean(text: str) -> str:
    return text.replace("\0", "").removeprefix("\ufeff")
