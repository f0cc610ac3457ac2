"""What the properties of a vCard are called as columns, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

CARD_FIELDS: Mapping[str, frozenset[str]] = {
    header: frozenset(names.split())
    for header, names in (
        ("Full name", "FN N"),
        ("First name", "N"),
        ("Middle name", "N"),
        ("Last name", "N"),
        ("Salutation", "N"),
        ("Name suffix", "N"),
        ("Nickname", "NICKNAME"),
        ("Company", "ORG KIND X-ABSHOWAS"),
        ("Department", "ORG"),
        ("Job title", "TITLE"),
        ("Profession", "ROLE"),
        ("Phone", "TEL"),
        ("Mobile", "TEL"),
        ("Fax", "TEL"),
        ("Pager", "TEL"),
        ("Email", "EMAIL"),
        ("WeChat", "X-WECHAT X-WEIXIN IMPP X-SOCIALPROFILE"),
        ("Messenger", "IMPP X-QQ X-SKYPE X-SKYPE-USERNAME X-JABBER X-ICQ X-AIM X-MSN"),
        ("Website", "URL"),
        ("Other websites", "URL"),
        ("Street", "ADR"),
        ("City", "ADR"),
        ("State", "ADR"),
        ("Postal code", "ADR"),
        ("Country", "ADR"),
        ("Other addresses", "ADR"),
        ("Birthday", "BDAY"),
        ("Tags", "CATEGORIES"),
        ("Notes", "NOTE"),
        ("vCard UID", "UID"),
    )
}
"""Header of a column to the properties that it is made of."""
_COLON = re.compile(r"\\:")
"""vCard 3.0 programs write it in addresses of the web, against the rule."""
_SCHEME = re.compile(
    r"(?:tel|mailto|xmpp|skype|aim|ymsgr|msnim|wechat|weixin|x-apple):(?://)?", re.IGNORECASE
)
_MESSENGERS = (
    "x-wechat x-weixin impp x-socialprofile x-qq x-skype x-skype-username x-jabber x-icq x-aim x-msn".split()
)
_EXTENSION = re.compile(r";ext=(\d+)", re.IGNORECASE)


def card_cells(card: Any) -> dict[str, str]:
    """The cells of a card that vobject read, by header; several values of one stand on lines of their own."""
    contents: Mapping[str, list[Any]] = card.contents
    cells = {
        **_name(contents),
        **_organisation(contents),
        **_phones(_best_first(contents.get("tel", ()))),
        **_addresses(_best_first(contents.get("adr", ()))),
        **_messengers(contents),
        "Nickname": _all(contents, "nickname", "; "),
        "Job title": _all(contents, "title", "; "),
        "Profession": _all(contents, "role", "; "),
        "Email": "\n".join(_SCHEME.sub("", _value(each)) for each in _best_first(contents.get("email", ()))),
        "Birthday": _all(contents, "bday", "; "),
        "Tags": "\n".join(name for each in contents.get("categories", ()) for name in _texts(each.value)),
        "Notes": _all(contents, "note", "\n"),
        "vCard UID": _all(contents, "uid", "; "),
    }
    first, *others = [_value(each) for each in _best_first(contents.get("url", ()))] or [""]
    cells |= {"Website": first, "Other websites": "\n".join(others)}
    if _is_organisation(contents):
        cells |= {
            "Company": cells["Company"] or cells["Full name"],
            "Full name": "",
            "First name": "",
            "Last name": "",
        }
    return {header: text for header, text in cells.items() if text}


def is_group(card: Any) -> bool:
    """Whether a card names a list of people."""
    said = [*card.contents.get("kind", ()), *card.contents.get("x-addressbookserver-kind", ())]
    return any(str(each.value).strip().lower() == "group" for each in said)


def _is_organisation(contents: Mapping[str, list[Any]]) -> bool:
    words = [
        str(each.value).strip().lower() for name in ("kind", "x-abshowas") for each in contents.get(name, ())
    ]
    return "org" in words or "company" in words


def _name(contents: Mapping[str, list[Any]]) -> dict[str, str]:
    cells = {"Full name": _all(contents, "fn", " ")}
    for each in contents.get("n", ())[:1]:
        parts = {
            "Last name": "family",
            "First name": "given",
            "Middle name": "additional",
            "Salutation": "prefix",
            "Name suffix": "suffix",
        }
        cells |= {header: " ".join(_texts(getattr(each.value, part, ""))) for header, part in parts.items()}
    return cells


def _organisation(contents: Mapping[str, list[Any]]) -> dict[str, str]:
    units = [_texts(each.value) for each in contents.get("org", ())]
    companies = [unit[0] for unit in units if unit]
    departments = [" / ".join(unit[1:]) for unit in units if len(unit) > 1]
    return {"Company": "; ".join(companies[:1]), "Department": "; ".join([*departments, *companies[1:]])}


def _phones(phones: Iterable[Any]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in phones:
        types = _types(each)
        header = (
            "Fax"
            if "fax" in types
            else "Pager"
            if "pager" in types
            else "Mobile"
            if types & {"cell", "mobile", "iphone"}
            else "Phone"
        )
        found.setdefault(header, []).append(_EXTENSION.sub(r" x\1", _SCHEME.sub("", _value(each))))
    return {header: "\n".join(numbers) for header, numbers in found.items()}


def _addresses(addresses: Iterable[Any]) -> dict[str, str]:
    first, *others = [each.value for each in addresses] or [None]
    if first is None:
        return {}
    return {
        "Street": _street(first),
        "City": _part(first, "city"),
        "State": _part(first, "region"),
        "Postal code": _part(first, "code"),
        "Country": _part(first, "country"),
        "Other addresses": "\n".join(
            ", ".join(
                filter(
                    None,
                    (_street(each), *(_part(each, name) for name in ("city", "region", "code", "country"))),
                )
            )
            for each in others
        ),
    }


def _street(address: Any) -> str:
    return ", ".join(filter(None, (_part(address, name) for name in ("box", "extended", "street"))))


def _part(address: Any, name: str) -> str:
    return ", ".join(_texts(getattr(address, name, "")))


def _messengers(contents: Mapping[str, list[Any]]) -> dict[str, str]:
    wechat: list[str] = []
    others: list[str] = []
    for name in _MESSENGERS:
        for each in contents.get(name, ()):
            text = _value(each)
            services = [*each.params.get("X-SERVICE-TYPE", ()), *each.params.get("SERVICE-TYPE", ())]
            about = " ".join((name, text.partition(":")[0], *services, *_types(each))).lower()
            if "wechat" in about or "weixin" in about:
                wechat.append(_SCHEME.sub("", text))
            elif name != "x-socialprofile":
                others.append(text if ":" in text else f"{name.removeprefix('x-')}: {text}")
    return {"WeChat": "\n".join(wechat[:1]), "Messenger": "\n".join([*wechat[1:], *others])}


def _best_first(values: Iterable[Any]) -> list[Any]:
    """The preferred value, then those of work, then the others; else as they stand."""

    def order(each: Any) -> tuple[int, int]:
        types = _types(each)
        preferred = next(iter(each.params.get("PREF", ())), "")
        return (int(preferred) if preferred.isdigit() else 0 if "pref" in types else 101, "work" not in types)

    return sorted(values, key=order)


def _types(each: Any) -> set[str]:
    """Its TYPE parameters, those that 2.1 writes alone too."""
    named = (word for text in each.params.get("TYPE", ()) for word in text.split(","))
    return {word.strip().lower() for word in (*named, *each.singletonparams)}


def _all(contents: Mapping[str, list[Any]], name: str, separator: str) -> str:
    return separator.join(filter(None, map(_value, contents.get(name, ()))))


def _value(each: Any) -> str:
    return "; ".join(_texts(each.value))


def _texts(value: Any) -> list[str]:
    parts: list[Any] = list(value) if isinstance(value, list | tuple) else [value]
    texts = (", ".join(_texts(part)) if isinstance(part, list) else str(part) for part in parts)
    return [text for text in (_COLON.sub(":", each).strip() for each in texts) if text]
