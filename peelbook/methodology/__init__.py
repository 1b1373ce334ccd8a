"""Tables and computed text of the methodology pages, from the same sources as the computation."""
