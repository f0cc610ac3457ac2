"""A row becomes the draft of a lead or of another record: a step for each column, settled at the end."""
