"""The staff's side of the column: what waits for whom, who may do what, menus without noise."""
