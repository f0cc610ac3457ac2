"""Storage: tables, opening and migrating the file, the journal, search text, backup."""
