"""Local servers and their supervision."""
