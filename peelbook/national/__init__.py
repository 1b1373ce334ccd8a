"""Tables, maps and charts about all 43 forces at once."""
