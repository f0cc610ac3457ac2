"""Leads leave: as CSV for a spreadsheet or another system, as JSON for a script."""

from leadtui.exporting.export import FORMATS, export_leads
from leadtui.exporting.leads import iso_time, lead_documents

__all__ = ["FORMATS", "export_leads", "iso_time", "lead_documents"]
