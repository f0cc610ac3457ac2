"""`leadtui playbooks`: the playbooks and templates that there are, and what is wrong in their files."""

from __future__ import annotations

import argparse

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FAILED, FINE
from leadtui.cli.output import print_json, print_table, say, warn
from leadtui.cli.parser import Subcommand
from leadtui.i18n import gettext
from leadtui.i18n import marked as _


def playbooks(call: Call, arguments: argparse.Namespace) -> int:
    """Print what there is, and tell what is wrong; with `--check` fail when something is."""
    from leadtui.playbooks.library import library

    own = call.locations.settings.parent
    known = library(own)
    listed = [
        {
            "kind": kind,
            "code": code,
            "name": one.name,
            "for": {part: list(words) for part, words in one.occasion._asdict().items() if words},
            "starts": getattr(one, "starts", False),
            "own": known.sources[kind, code].own,
            "file": str(known.sources[kind, code].path),
        }
        for kind, all_of in (("playbooks", known.playbooks), ("templates", known.templates))
        for code, one in all_of.items()
    ]
    problems = [{"file": str(one.file), "line": one.line, "problem": one.text} for one in known.problems]
    if arguments.json:
        print_json({"folder": str(own), "files": listed, "problems": problems})
    else:
        for problem in known.problems:
            warn(str(problem))
        if not arguments.check:
            _print(listed, str(own))
        elif not problems:
            say(gettext("Every file is fine."))
    return FAILED if arguments.check and problems else FINE


def _print(listed: list[dict[str, object]], own: str) -> None:
    kinds = {"playbooks": gettext("playbook"), "templates": gettext("template")}
    rows = []
    for one in listed:
        occasion = one["for"] if isinstance(one["for"], dict) else {}
        words = "; ".join(", ".join(map(str, words)) for words in occasion.values())
        whose = gettext("yours") if one["own"] else gettext("shipped")
        rows.append((kinds[str(one["kind"])], str(one["code"]), str(one["name"]), words, whose))
    heads = (gettext("Kind"), gettext("File"), gettext("Name"), gettext("For"), gettext("Whose"))
    print_table(heads, rows)
    say(gettext("Yours stand in {folder}, in the folders playbooks and templates.").format(folder=own))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help=gettext("only look whether every file is fine; fails if not")
    )


COMMANDS: dict[str, Subcommand] = {
    "playbooks": Subcommand(
        _("Lists the playbooks and templates, and checks their files"),
        ("playbooks", "playbooks --check"),
        playbooks,
        _arguments,
    ),
}
