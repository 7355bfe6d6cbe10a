"""Views of the games: public ones for families, the rest for staff."""
