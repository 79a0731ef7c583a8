"""佐证材料: what units hand in about their sites. Read, listed and vetted here; judged by plugins."""
