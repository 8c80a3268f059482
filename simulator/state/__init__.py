"""What the simulator remembers: one module per noun, each over the same SQLite store."""
