"""Links in published pages that lead nowhere (row E6)."""
