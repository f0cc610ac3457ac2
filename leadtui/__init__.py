"""LeadTUI: whom to contact next, and why."""

__version__ = "0.1.0"
