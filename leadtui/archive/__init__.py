"""Everything there is, in open formats: out into one ZIP file, and back."""
