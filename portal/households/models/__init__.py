"""The register's models."""

from portal.households.models.village import Village

__all__ = ["Village"]
