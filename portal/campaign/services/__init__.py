"""Writes of games, entries and results, one module per noun. Views and commands go through these and nothing else."""
