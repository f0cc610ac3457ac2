"""Playbooks and templates: text files that say what to do on a lead of some kind, and with which words."""
