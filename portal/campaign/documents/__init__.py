"""What the games print."""
