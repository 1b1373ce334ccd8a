"""How long books take, against the naive way of making them; `make bench` runs it."""
