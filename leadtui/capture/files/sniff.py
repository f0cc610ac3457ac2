"""In which encoding a file is written."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_HEAD = 1 << 16
_EVIDENCE = 1 << 16
_OTHERS = [
    "cp1251",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp874",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp1252",
]
_ACCENTED = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LONE_SIGN = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xbf](?![A-Za-z\x80-\xff])")
"""A pound, a degree, a dash: no letter."""
_BEYOND = re.compile(rb"[\x80-\xff]")
_TURKISH = re.compile(r"[þðýÞÐÝ]")
_NOT_WESTERN = re.compile(r"(?<=[^\W\d])[¹³¾¼¿]|[£¥¯¿](?=[^\W\d])|[þðýÞÐÝ]")
"""What the letters of eastern Europe and Turkey become when they are read as western Latin."""
_NOT_ASCII_LINE = re.compile(rb"[^\n]{0,400}[\x80-\xff][^\n]{0,400}")
_COMMON = range(0xB0, 0xD8)
"""The first bytes of the everyday characters of GB 2312."""
_HANGUL = range(0xB0, 0xC9)
"""The first bytes of all Korean syllables; that many Chinese characters begin with them only by chance."""
_CHANCE = 12


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding, and whether the whole file is valid in it."""

    name: str
    clean: bool


def sniff_encoding(path: Path) -> Encoding:
    """The encoding of a file: its byte order mark, else UTF-16 by its zeros, else UTF-8 if all of it is,
    else what its bytes beyond ASCII look like.

    Reads the whole file once or twice, a megabyte at a time.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, _is_valid(path, name))
    if wide := utf_16(head):
        return Encoding(wide, _is_valid(path, wide))
    if _is_valid(path, "utf-8"):
        return Encoding("utf-8", True)
    evidence = _beyond_ascii(path)
    if _mostly_utf_8(evidence):
        return Encoding("utf-8", False)
    name = "gb18030" if _looks_chinese(evidence) else _best_guess(evidence)
    if _is_valid(path, name):
        return Encoding(name, True)
    other = next((each for each in ("gb18030", "cp1252") if each != name and _is_valid(path, each)), None)
    return Encoding(other, True) if other and name != "gb18030" else Encoding(name, False)


def utf_16(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text, digits and line ends is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 4 * even and odd * 10 > half and b"\n\0" in head + b"\n\0" * (odd * 2 > half):
        return "utf-16-le"
    if even > 4 * odd and even * 10 > half and b"\0\n" in head + b"\0\n" * (even * 2 > half):
        return "utf-16-be"
    return ""


def _is_valid(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _beyond_ascii(path: Path) -> bytes:
    """The first lines with bytes beyond ASCII, wherever in the file they are."""
    found = bytearray()
    with path.open("rb") as file:
        while len(found) < _EVIDENCE and (chunk := file.read(_CHUNK)):
            for line in _NOT_ASCII_LINE.finditer(chunk):
                found += line[0] + b"\n"
                if len(found) >= _EVIDENCE:
                    break
    return bytes(found)


def _mostly_utf_8(evidence: bytes) -> bool:
    text = evidence.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not sign.isascii() for sign in text) - bad
    return good > 4 * bad


def _looks_chinese(evidence: bytes) -> bool:
    """Whether most signs beyond ASCII are everyday Chinese characters in GB 2312."""
    text = evidence.decode("gb18030", "replace")
    common = beyond = korean = 0
    for sign in text:
        if sign.isascii():
            continue
        beyond += 1
        pair = sign.encode("gb18030", "replace")
        common += len(pair) == 2 and pair[1] > 0xA0 and (pair[0] in _COMMON or pair[0] in (0xA1, 0xA3))
        korean += len(pair) == 2 and pair[0] in _HANGUL
    return beyond > 0 and common / beyond > 0.7 and not korean == beyond > _CHANCE


def _best_guess(evidence: bytes) -> str:
    """Bytes beyond ASCII among ASCII letters are accents: western ones, unless they make signs."""
    from charset_normalizer import from_bytes

    evidence = _LONE_SIGN.sub(b"", evidence)
    beyond = len(_BEYOND.findall(evidence))
    if not beyond or sum(map(len, _ACCENTED.findall(evidence))) > beyond * 3 / 2:
        western = evidence.decode("cp1252", "replace")
        strange = len(_NOT_WESTERN.findall(western))
        if strange * 8 <= beyond:
            return "cp1252"
        return "cp1254" if len(_TURKISH.findall(western)) * 2 > strange else "cp1250"
    best = from_bytes(evidence, cp_isolation=_OTHERS, threshold=0.5).best()
    return best.encoding if best else "cp1252"
