"""People in a few lines of text: a mail signature, a business card, a list, or what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import getaddresses

from leadtui.capture.clean.mails import mails
from leadtui.capture.clean.phones import Phones
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.qualify.names import is_cjk

_MOST_LINES = 25
_LONGEST_LINE = 1000
"""Signs of a line; what looks for streets in one takes the square of its length."""
_MAIL = re.compile(r"[^\s<>()\[\],;:|]+@[^\s<>()\[\],;:|]+\.\w+")
_WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>|]+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![a-z\d_@.])(?:\+|\(|\d)[\d\s().\-–/]{5,}\d(?:\s*(?:x|ext\.?|转|分机)\s*\d{1,6})?", re.IGNORECASE
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})日?(?!\d)"
    r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_LABELLED = re.compile(r"\s*([^:：\d]{1,20}?)\s*[:：](?!//)\s*(\S.*)")
_NEXT_LABEL = re.compile(r"[\s|,;/]+([A-Za-z]{1,7}\.?|[\u4e00-\u9fff]{2,4})\s*[:：]\s*\S")
_BOX = re.compile(r"[._+\-\d]+")
_NUMBERED = re.compile(r"^\d{1,3}[.)、．]\s*")
_MARKED = re.compile(r"^【[^】]{1,10}】\s*")
_QUOTE = re.compile(r"^(?:>\s*|\|\s*)+")
_BETWEEN = re.compile(
    r"\s*[|｜·•]\s*|\s+[-–—/]\s+|(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})|,\s+(?!(?:Ltd|Inc|LLC|Corp|GmbH|Co)\b)|，|\t|\s{2,}",
    re.IGNORECASE,
)
_EDGES = " \t-–—_*=~,，;；|｜·•"
_ANNOUNCED = re.compile(r"on .+ wrote:?|.+ schrieb .*:|le .+ a écrit\s*:|.*写道[:：]", re.IGNORECASE)
"""What stands above the mail that is answered."""
_ON_BEHALF = re.compile(r"^(?:i\.\s?[AV]\.|ppa\.|p\.p\.)\s*", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:(?:best|kind|warm|many|with)?\s*(?:regards|wishes|thanks)|thanks|thank you|cheers|sincerely|"
    r"yours \w+|mit freundlichen grüßen|cordialement|saludos|此致|敬礼|顺颂商祺|祝好|谢谢|"
    r"sent from my .*|发自我的.*)[\s,!.，。！]*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:c[a-z]o|vp|president|chair\w*|founder|owner|partner|director|manager|head of|lead|engineer|"
    r"developer|architect|consultant|officer|executive|representative|buyer|purchas\w*|procurement|sales|"
    r"marketing|analyst|assistant|coordinator|specialist|supervisor|geschäftsführer\w*|leiter\w*|directeur|"
    r"gerente)\b|"
    r"经理|总监|主任|主管|总裁|董事|工程师|采购员?|销售|顾问|负责人|专员|助理|部长|厂长|老板|创始人|合伙人",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:inc|ltd|llc|llp|gmbh|ag|co|corp|corporation|limited|company|group|plc|pty|s\.?a|s\.?r\.?l|b\.?v|"
    r"oy|ab|kg|university|institute|bank|holdings?|industries|technologies|systems|solutions|labs?)\b\.?|"
    r"(?:科技|贸易|商贸|实业|电子|机械|食品|医药|物流|传媒|网络|软件|信息)$|公司|集团|有限|大学|学院|研究院|银行|工厂|商行|事务所|医院",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\d.*\b(?:st|street|rd|road|ave|avenue|blvd|lane|drive|way|suite|floor|rue|place|"
    r"chemin|allée|calle|via|viale|weg|platz|gasse)\b|straße|str\.|"
    r"[路街道巷弄]\s*\d|\d+\s*[号室楼层]|[省市区县].*[路街镇]",
    re.IGNORECASE,
)
_PARTICLES = frozenset("de del della den der di du la le van von zu al bin".split())
_ROLES = {
    label: header
    for header, labels in (
        ("Fax", "fax f 传真"),
        ("Mobile", "m mob c"),
        ("Phone", "t p tel d o"),
        ("Email", "e"),
        ("Website", "w"),
        ("Address", "a add"),
    )
    for label in labels.split()
}
"""Labels that are usual on a card alone."""


def is_signature(text: str) -> bool:
    """Whether a text is no table but a few lines that tell how to reach somebody."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > _MOST_LINES or "\t" in text or max(map(len, lines)) > _LONGEST_LINE:
        return False
    words = vocabulary()
    cells = max((re.split(r"[,;|]", line) for line in lines[:3]), key=len)
    if sum(words.known(cell) for cell in cells if 0 < len(cell.strip()) < 40) > 1:
        return False
    return bool(_MAIL.search(text) or _PHONE.search(text) or _labels(lines) > 1)


def read_list(text: str) -> list[dict[str, str]]:
    """The people of a list: the recipients of a mail (`Li Wei <li@nova.example>, …`), or lines of which each
    names somebody and says how to reach them; empty for any other text."""
    recipients = [pair for pair in getaddresses([" ".join(text.split())]) if any(pair)]
    if "<" in text and len(recipients) > 1 and all(mails(mail)[0] for _name, mail in recipients):
        return [{"Name": name, "Email": mail} if name else {"Email": mail} for name, mail in recipients]
    lines = [_NUMBERED.sub("", line.strip()) for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(_LABELLED.fullmatch(line) for line in lines):
        return []
    people = [read_signature(line) for line in lines]
    is_list = all(
        "Name" in person and not person.keys().isdisjoint(("Email", "Phone", "Mobile")) for person in people
    )
    return people if is_list else []


def read_signature(text: str) -> dict[str, str]:
    """What a signature says, by the header of a column that an import knows; what it doesn't know is in
    Notes."""
    found: dict[str, list[str]] = {}
    left: list[str] = []
    for line in _useful(text):
        if _take_labelled(line, found):
            continue
        rest = _take_reachable(line, found)
        parts = [rest] if _STREET.search(rest) else _BETWEEN.split(rest)
        left += [part for part in (each.strip(_EDGES + ":：") for each in parts) if part]
    _name_the_rest(left, found)
    return {header: "\n".join(dict.fromkeys(texts)) for header, texts in found.items()}


def _useful(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = _QUOTE.sub("", line).strip(_EDGES)
        if bare and not _GREETING.fullmatch(bare) and not _ANNOUNCED.fullmatch(bare):
            yield _MARKED.sub("", _ON_BEHALF.sub("", bare))


def _labels(lines: list[str]) -> int:
    words = vocabulary()
    return sum(bool(words.lookup(match[1])) for line in lines if (match := _LABELLED.fullmatch(line)))


def _take_labelled(line: str, found: dict[str, list[str]]) -> bool:
    """Note `Label: value`, several on a line too; False when the line begins with no label."""
    match = _LABELLED.fullmatch(line)
    header = _header(match[1]) if match else ""
    if match is None or not header:
        return False
    value = match[2]
    following = next((each for each in _NEXT_LABEL.finditer(value) if _header(each[1])), None)
    end = following.start() if following else len(value)
    found.setdefault(header, []).append(value[:end].strip(_EDGES))
    if following is not None:
        _take_labelled(value[following.start(1) :], found)
    return True


def _header(label: str) -> str:
    """The column that a label names; empty for any other words."""
    words = vocabulary()
    for name in (label, label.split("/")[0]):
        if folded(name) in _ROLES:
            return _ROLES[folded(name)]
        if words.lookup(name) or folded(name) in words.own:
            return name
    return ""


def _take_reachable(line: str, found: dict[str, list[str]]) -> str:
    """Note the addresses and phones of a line; returns what else it says."""
    for mail in _MAIL.findall(line):
        if mails(mail)[0]:
            found.setdefault("Email", []).append(mail)
            line = line.replace(mail, " | ")
    for address in _WEB.findall(line):
        found.setdefault("Website", []).append(address.rstrip(".,;)"))
        line = line.replace(address, " | ")
    for match in _DATE.finditer(line):
        found.setdefault("Notes", []).append(match[0])
        line = line.replace(match[0], " | ")
    whole = line
    for match in _PHONE.finditer(whole):
        number = match[0].strip()
        if Phones("CN")(number)[0] and not _STREET.search(whole):
            before = folded(re.split(r"[|,;/]", whole[: match.start()])[-1])
            header = next((_ROLES[label] for label in _ROLES if before == label), "Phone")
            found.setdefault(header, []).append(number)
            line = line.replace(number, " | ")
    return line


def _name_the_rest(left: list[str], found: dict[str, list[str]]) -> None:
    """Tell name, title, company and address of what has no label; the rest is a note."""
    known = {field[0] for header in found if (field := vocabulary().lookup(header))}
    left = [part for part in left if folded(part) not in _ROLES]
    if not known & {"contact", "first_name", "last_name"} and left:
        names = [part for part in left if _is_name(part)]
        first = _mailed_by_name(names, found) or next(iter(names), "") or _who_is_mailed(left, found)
        if first:
            left.remove(first)
            name, title = _parted(first)
            found["Name"] = [name]
            if title:
                found.setdefault("Title", []).append(title)
    for part in list(left):
        if "address" not in known and _STREET.search(part):
            found.setdefault("Address", []).append(part)
        elif "company" not in known and "Company" not in found and _FIRM.search(part):
            found["Company"] = [part]
        elif "title" not in known and "Title" not in found and _TITLE.search(part):
            title, _at, firm = part.partition(" at ")
            found["Title"] = [title]
            if firm and "company" not in known:
                found["Company"] = [firm]
        else:
            continue
        left.remove(part)
    if "company" not in known and "Company" not in found and (firm := _named_by_mail(left, found)):
        found["Company"] = [firm]
        left.remove(firm)
    if left:
        found["Notes"] = [*found.get("Notes", ()), *left]
    if "Address" in found:
        found["Address"] = [", ".join(found["Address"])]


def _is_name(part: str) -> bool:
    if any(sign.isdigit() or sign in "@/:：" for sign in part) or _FIRM.search(part):
        return False
    if is_cjk(part):
        return len(part.split()[0]) <= 5
    if _TITLE.search(part):
        return False
    words = part.split()
    return 1 < len(words) <= 5 and all(word[:1].isupper() or word in _PARTICLES for word in words)


def _parted(part: str) -> tuple[str, str]:
    """`王芳 采购总监` is a name and a title."""
    name, _space, title = part.partition(" ")
    return (name, title.strip()) if is_cjk(part) and _TITLE.search(title) else (part, "")


def _mailed_by_name(names: list[str], found: dict[str, list[str]]) -> str:
    """The name of which a word stands before the @ of a mail address (`li@`, `j.weber@`, `jweber@`): a
    company that stands above its people looks like a name too."""
    boxes = [folded(word) for mail in found.get("Email", ()) for word in _BOX.split(mail.partition("@")[0])]
    for name in names:
        words = [folded(word) for word in name.split()]
        if any(box == word or (len(word) > 2 and box.endswith(word)) for box in boxes for word in words):
            return name
    return ""


def _who_is_mailed(left: list[str], found: dict[str, list[str]]) -> str:
    """The part that stands before the @ of a mail address, in whatever letters it is written."""
    names = {folded(mail.partition("@")[0]) for mail in found.get("Email", ())}
    return next((part for part in left if folded(part) in names), "")


def _named_by_mail(left: list[str], found: dict[str, list[str]]) -> str:
    """The part that the domain of a mail address or website names."""
    places = " ".join((*found.get("Email", ()), *found.get("Website", ()))).lower()
    domains = [part for part in re.split(r"[@./\s]+", places) if len(part) > 3]
    return next(
        (part for part in left if any(name in folded(part) or folded(part) in name for name in domains)), ""
    )
