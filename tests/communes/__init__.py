"""Invented communes whose whole history is known.

`life.make_life(seed)` draws a history of deeds. `telling.told_to_rules` gives it to the pure rules as facts,
`living.live_through` plays it through the services, and `by_hand.count_by_hand` counts from the deeds alone, by other
ways than the rules: what all three say must be one.
"""
