"""One article for every channel: what is pure text. Without Django, so that each rule can be tried by itself."""
