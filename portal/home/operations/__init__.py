"""Whether the site is well: jobs, queue, disk, backup; for administrators and for a monitoring system."""
