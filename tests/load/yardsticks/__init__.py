"""What entries are measured beside: the least that a view can do, and Wagtail's own form page."""
