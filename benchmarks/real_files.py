"""What the real files of other systems yield, beside what a correct import of each must yield.

The files lie in `../shared/data` with an inventory of what is in them. Prints a table; ends with 1 when a
figure differs that `EXPLAINED` doesn't explain.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from measure import HERE

from leadtui.capture.batch.importing import import_file
from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.errors import LeadTUIError
from leadtui.settings import Settings
from leadtui.workspace import Workspace

FILES = HERE.parents[1] / "shared" / "data"
FIGURES = ("rows", "mail", "phone", "company", "new")
_PHONE_ALONE = (
    "the inventory joins rows by phone alone; a shared phone is told as a possible duplicate, never merged"
)
EXPLAINED: dict[tuple[str, str], str] = {
    ("salesforce-genai-demo/Account.csv", "new"): _PHONE_ALONE,
    ("salesforce-genai-demo/Contact.csv", "new"): "each row is a contact with an identity of its own",
    ("salesforce-genai-demo/Lead.csv", "company"): "8 rows say None, which is no company",
    ("salesforce-genai-demo/Lead.csv", "new"): (
        "3 of the 7 people who stand there twice have a mail that proves it; "
        "the others are told as possible duplicates"
    ),
    ("salesforce-dataloader/accountData.csv", "new"): _PHONE_ALONE,
    ("salesforce-dataloader/dateWithTimeZone.csv", "new"): _PHONE_ALONE,
    (
        "groweasy-demo/02-facebook-leads-messy-headers.csv",
        "new",
    ): "its third row has nothing usable: skipped, with the reason",
    ("google-shared-contacts-gpc/outlook.csv", "new"): "a pager of one is the mobile of two others: no merge",
    ("ezvcard/John_Doe_ANDROID.vcf", "phone"): (
        "one card's phone has six digits, by the inventory's own rule no phone: kept in the remark"
    ),
    ("ezvcard/outlook-2003.vcf", "phone"): (
        "its phones are the words BusinessPhone, HomePhone and MobilePhone: kept in the remark"
    ),
    ("fodors-zagats/fodors.csv", "new"): _PHONE_ALONE,
    ("fodors-zagats/zagats.csv", "new"): _PHONE_ALONE,
}
"""Why a figure of a file is another one, and right."""
_LINE = re.compile(r"\| ([\w./-]+\.\w+) \| (\d+|-) \| ([\d-]+) / ([\d-]+) / ([\d-]+) \| [^|]* \| (\d+|-) \|")


class Yield(NamedTuple):
    """The figures of a file; None where it has no such column."""

    rows: int | None
    mail: int | None
    phone: int | None
    company: int | None
    new: int | None


def main() -> None:
    if not FILES.is_dir():
        sys.exit(f"{FILES} is not here.")
    expected = dict(_inventory())
    lines: list[list[str]] = []
    notes: list[str] = []
    wrong = 0
    for name, wanted in expected.items():
        found, how = _found(FILES / name)
        cells = []
        for figure, want, have in zip(FIGURES, wanted, found, strict=True):
            if want is None or want == (have or 0):
                cells.append("-" if have is None else str(have))
            elif why := EXPLAINED.get((name, figure)):
                cells.append(f"{have} ({want})*")
                notes.append(f"{name}, {figure}: {why}")
            else:
                cells.append(f"{have} ({want})!")
                wrong += 1
        lines.append([name, how, *cells])
    for line in [["file", "read as", *FIGURES], ["---"] * 7, *lines]:
        print("| " + " | ".join(line) + " |")
    print("\n* differs from the inventory (in brackets):")
    print("\n".join(f"- {note}" for note in notes))
    print(f"\n{len(lines)} files, {wrong} figures wrong.")
    sys.exit(wrong > 0)


def _inventory() -> Iterator[tuple[str, Yield]]:
    for line in (FILES / "INVENTORY.md").read_text(encoding="utf-8").splitlines():
        if match := _LINE.match(line):
            figures = (None if each == "-" else int(each) for each in match.groups()[1:])
            yield match[1], Yield(*figures)


def _found(path: Path) -> tuple[Yield, str]:
    """What a file yields, and how it was read."""
    try:
        plan = read_plan(path, ReadOptions(region="US"))
    except LeadTUIError as error:
        return Yield(None, None, None, None, None), str(error)
    rows = list(lead_rows(plan))
    leads = [row.values for row in rows if isinstance(row, CleanRow)]
    fields = {column.field for column in plan.mapping.columns}
    told = Yield(
        len(rows),
        sum("email" in lead for lead in leads) if "email" in fields else None,
        sum("phone" in lead or "mobile" in lead for lead in leads) if fields & {"phone", "mobile"} else None,
        sum("company" in lead for lead in leads) if "company" in fields else None,
        _new(plan),
    )
    return told, " ".join(filter(None, (plan.table.format, plan.table.encoding, plan.system, plan.record)))


def _new(plan: FilePlan) -> int | None:
    """How many different leads a file brings into an empty database; None when it names nobody."""
    if not plan.mapping.identifies:
        return None
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "leads.db", Settings(), user="ana")
        try:
            (result,) = import_file(workspace, [plan], skipped=Path(folder) / "skipped.csv")
            return result.created
        finally:
            workspace.close()


if __name__ == "__main__":
    main()
