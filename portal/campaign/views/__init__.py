"""Pages of the games, one module per desk."""
