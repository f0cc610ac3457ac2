"""A file becomes leads: readers, header vocabulary, cleaning, import batches."""
