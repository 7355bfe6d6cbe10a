"""Forms of the games, one module per page or desk."""
