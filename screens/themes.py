"""The themes, found in the palette by their names or by the word theme."""

from __future__ import annotations

from functools import partial

from textual.command import Hit, Hits, Provider

from leadtui.i18n import gettext as _


class ThemeProvider(Provider):
    """Sets the theme that is chosen; the app remembers it."""

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name in sorted(self.app.available_themes):
            text = _("Theme {name}").format(name=name)
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(setattr, self.app, "theme", name), text)
