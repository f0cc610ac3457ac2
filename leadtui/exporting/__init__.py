"""Leads leave: as CSV for a spreadsheet or another system, as JSON for a script."""
