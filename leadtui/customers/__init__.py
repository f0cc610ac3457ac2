"""Customers, their contacts and opportunities: what leads become."""
