"""The staff's journeys in a real browser: a test walks them, and `make handbook` takes the handbooks' pictures."""
