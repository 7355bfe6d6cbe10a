"""Writes of the register, one module per noun. Views and commands go through these and nothing else."""
