"""Columns whose words become codes of ours: status, tier, role, and where a lead comes from (R17)."""

from __future__ import annotations

import re

from leadtui.capture.clean.text import line
from leadtui.capture.columns.headers import Column
from leadtui.capture.rows.draft import Draft, Memory, Step
from leadtui.capture.words.systems import UNKNOWN, System
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.qualify.names import is_cjk

_SOURCE_PARTS = re.compile(r"\s*[-－–—:：]\s*")


def code_step(column: Column, system: System) -> Step:
    """A word of another system becomes our code; its own word is kept beside when it differs."""
    name, key = column.field, column.key
    table = {**vocabulary().values[name], **system.values.get(name, {})}

    def read(cell: str) -> tuple[str, str]:
        text = line(cell)
        word = folded(text)
        code = table.get(word, "")
        return code, "" if code and word == folded(code) else text

    known = Memory(read)

    def step(draft: Draft, cell: str) -> None:
        code, own_word = known[cell]
        if code:
            draft.values[name] = code
        if own_word:
            draft.custom[key] = own_word

    return step


def source_of(text: str, system: System = UNKNOWN.system) -> tuple[str, str]:
    """The source channel and detail that a text names: `官网-产品咨询` is (`website`, `产品咨询`) (R17)."""
    table = {**vocabulary().values["source_channel"], **system.values.get("source_channel", {})}
    if code := table.get(folded(text)):
        return code, "" if folded(code) == folded(text) else text
    parts = _SOURCE_PARTS.split(text, maxsplit=1)
    if len(parts) == 2 and all(parts):
        if code := table.get(folded(parts[0])):
            return code, parts[1]
        if is_cjk(parts[0]):
            return parts[0], parts[1]
    return text, ""


def source_step(column: Column, system: System) -> Step:
    key, header = column.key, column.header
    known = Memory(lambda cell: source_of(line(cell), system))

    def step(draft: Draft, cell: str) -> None:
        channel, detail = known[cell]
        if channel:
            draft.values["source_channel"] = draft.line(header, channel)
        if detail:
            draft.names["source_detail"] = draft.line(header, detail)
            draft.names["source_key"] = key

    return step
