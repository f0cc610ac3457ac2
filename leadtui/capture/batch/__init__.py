"""Rows come in as one batch: which record each is about, what it adds, and what is written."""
