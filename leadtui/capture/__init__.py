"""A file becomes leads, or customers and what belongs to them, in one act that can be undone."""
