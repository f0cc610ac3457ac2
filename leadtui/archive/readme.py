"""What stands in an archive for whoever opens it without LeadTUI."""

from __future__ import annotations

README = """\
This archive was written by LeadTUI. It holds everything of one database, in formats that any program reads.

tables/NAME.jsonl   one table each, in JSON lines: a row a line, every column by its name.
                    lead, activity, tag, customer, contact, opportunity and so on are what you work with.
                    journal_entry and journal_change are the history: who changed what when.
                    Times are milliseconds since 1970 in UTC, amounts are in the smallest unit of their
                    currency (cents), texts are UTF-8. Bytes, if there are any, stand as {"base64": "..."}.
settings/           the settings (TOML).
attachments/        the files that follow-ups name and that were there.
manifest.json       the tables with their columns, the number of rows, and the SHA-256 of each file.

To put it back:     leadtui restore THIS-FILE.zip

It is not encrypted: it holds people's names, addresses and what was said with them.
"""
