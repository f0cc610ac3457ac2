"""`leadtui mapping`: which field of a lead fills what, when it is converted."""

from __future__ import annotations

import argparse

from leadtui.cli.arguments import map_argument
from leadtui.cli.call import Call
from leadtui.cli.converting import target_names
from leadtui.cli.exit_codes import FINE
from leadtui.cli.output import print_json, print_table
from leadtui.cli.parser import Subcommand
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.labels import label


def mapping(call: Call, arguments: argparse.Namespace) -> int:
    """Print the mapping, after the changes that are asked for."""
    from leadtui.convert.mapping import mapping as kept_mapping
    from leadtui.convert.mapping import save_mapping
    from leadtui.convert.sources import sources
    from leadtui.convert.targets import target_fields

    with call.workspace() as workspace:
        if arguments.map:
            with workspace.read() as connection:
                target = target_names(connection, call.settings)
            with workspace.act(gettext("Change mapping")) as act:
                save_mapping(act, {target(name, source): source for name, source in arguments.map})
        with workspace.read() as connection:
            targets = target_fields(connection, call.settings)
            rules = kept_mapping(connection, call.settings, targets)
            called = {name: text for name, text, _kind in sources(connection, call.settings)}
    used = [(ref, targets[ref], rules[ref].source) for ref in targets if ref in rules and rules[ref].source]
    if arguments.json:
        print_json({"mapping": [{"target": ref, "source": source} for ref, _field, source in used]})
        return FINE
    print_table(
        (gettext("Field"), gettext("Of the lead"), gettext("Fills"), gettext("Field")),
        [
            (source, called.get(source, source), f"{label('record', field.record)}, {field.label}", ref)
            for ref, field, source in used
        ],
    )
    return FINE


COMMANDS: dict[str, Subcommand] = {
    "mapping": Subcommand(
        _("Prints and changes which field of a lead fills what, when it is converted"),
        ("mapping", "mapping --map customer.focus=scenario --map customer.remark="),
        mapping,
        map_argument,
    ),
}
