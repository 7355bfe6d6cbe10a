"""Sample content: texts as TOML, drawings as SVG, recordings, and the code that makes pages of them."""
