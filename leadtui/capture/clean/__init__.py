"""One cell becomes one value: each module cleans one kind, and never raises over what a cell holds."""
