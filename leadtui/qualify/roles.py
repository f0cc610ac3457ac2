"""The role of a contact, from the words of a job title."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from leadtui.settings import Titles


@lru_cache(maxsize=4096)
def role_of_title(title: str, titles: Titles) -> str:
    """`decision_maker`, `influencer`, `user`, or empty when there is no title (R41).

    Whoever assists somebody is a user; otherwise the longest word that is known decides (the general manager
    over the manager); a title of unknown words belongs to a user.
    """
    written = unicodedata.normalize("NFKC", title).casefold()
    if not any(character.isalpha() for character in written):
        return ""
    pattern, roles = _words(titles)
    found = [match[0] for match in pattern.finditer(written)]
    if not found or any(roles[word] == "user" for word in found):
        return "user"
    return roles[max(found, key=len)]


@lru_cache(maxsize=8)
def _words(titles: Titles) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all words, the longest first, and the role that each stands for."""
    roles = {
        unicodedata.normalize("NFKC", word).casefold(): role
        for role, words in (
            ("decision_maker", titles.decision_makers),
            ("influencer", titles.influencers),
            ("user", titles.assistants),
        )
        for word in words
        if word
    }
    branches = [
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        for word in sorted(roles, key=len, reverse=True)
    ]
    return re.compile("|".join(branches) or r"(?!)"), roles
