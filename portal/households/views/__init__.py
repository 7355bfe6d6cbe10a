"""Views of the register, one module per audience."""
