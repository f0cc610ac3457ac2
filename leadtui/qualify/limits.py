"""How long texts of a lead may be, in characters; on their own, because checking drafts loads slowly."""

from __future__ import annotations

LINE_LIMIT = 500
TAG_LIMIT = 60
TEXT_LIMIT = 100_000
