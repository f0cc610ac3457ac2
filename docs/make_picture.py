"""Takes the picture of the README, `docs/inbox.svg`, from the app itself on the sample.

python docs/make_picture.py
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.demo.fill import fill
from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace
from screens.app import LeadApp

MOMENT = to_milliseconds(datetime(2026, 11, 21, 10, 42, tzinfo=UTC))
PICTURE = Path(__file__).parent / "inbox.svg"


async def main() -> None:
    settings = Settings(look=Look(timezone="UTC"))
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "leads.db", settings, FixedClock(MOMENT), "ana")
        fill(workspace, 60)
        app = LeadApp(workspace)
        async with app.run_test(size=(120, 36)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            # The picture uses the reader's monospaced font instead of fetching one.
            picture = re.sub(
                r"@font-face \{.*?\}", "", app.export_screenshot(title="leadtui demo"), flags=re.DOTALL
            )
            PICTURE.write_text(picture, "utf-8")
        workspace.close()


if __name__ == "__main__":
    asyncio.run(main())
