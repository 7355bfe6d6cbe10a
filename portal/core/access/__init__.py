"""The staff's door: second factor, sessions, wrong tries, accounts that nobody uses."""
