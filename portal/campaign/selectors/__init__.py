"""Reads of games, entries and results."""
