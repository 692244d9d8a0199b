"""Every number as a full record."""
