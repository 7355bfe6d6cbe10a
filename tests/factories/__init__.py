"""Factories, one module per app: no test builds a valid object by hand."""
