"""What families and staff fill in for the games."""
