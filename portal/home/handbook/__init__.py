"""The handbooks of docs/ as pages for staff, linked from the screens that they tell of."""
