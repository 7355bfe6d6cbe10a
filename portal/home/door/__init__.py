"""The pages at the staff's door: signing in, the second step, one's own machines, accounts that are closed."""
