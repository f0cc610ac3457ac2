"""A widget that draws with inks: classes of the style sheet, looked up when they are first drawn with."""

from __future__ import annotations

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget


class Inked(Widget):
    """Has component classes as Textual's widgets do, without declaring them.

    Textual looks up every declared class of every widget each time styles are applied. With seventy inks on
    the main screen that was a twentieth of the start, most of it for inks that no line was drawn with.
    """

    def get_component_styles(self, *names: str) -> RenderStyles:
        for name in names:
            if name not in self._component_styles:
                node = DOMNode(classes=name)
                node._attach(self)
                self.app.stylesheet.apply(node)
                self._component_styles[name] = node.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._component_styles.clear()
