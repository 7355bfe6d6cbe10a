"""One article, every channel: loudspeaker, Zalo, Facebook, notice board and wall (rows E7, E13)."""
