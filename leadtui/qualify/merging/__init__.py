"""Two or more records become one: what each field will hold, chosen or proposed, and the act that does it."""
