"""What becomes of each column of a file: told by its name and cells, remembered, or said by the user."""
