"""What a file holds, as records: told by its first bytes, whatever its encoding, sheets or lists."""
