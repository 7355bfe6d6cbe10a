"""Pure rules of progress: what is counted of a household on a day, and what that makes of the plan's targets."""
