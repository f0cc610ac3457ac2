"""Which leads are about the same person: candidates, how likely each pair is, and why."""
