"""What the program costs: CPU per page, memory, and which part of it takes how much."""
