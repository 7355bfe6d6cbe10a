"""“Tôi bị kẹt ở bước này”: from a tap to a better guide, and to the team's visit (rows P4, moonshot 15)."""
