"""Lists from offices: CSV and spreadsheets, read into rows by column."""

from inspector.tables.reading import read, read_bytes

__all__ = ["read", "read_bytes"]
