"""How well a reader reads: its readings set against readings made by hand."""
