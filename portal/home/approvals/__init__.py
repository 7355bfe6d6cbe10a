"""A page is approved by somebody without an account, by a link that serves once (row E2, docs/adr/0027)."""
