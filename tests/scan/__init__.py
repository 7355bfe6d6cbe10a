"""Scanners against the running site: nginx with the server's own configuration, our web server, PostgreSQL."""
