"""Batches of customers, contacts, opportunities and activities, linked as their files say."""
