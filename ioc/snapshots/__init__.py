"""The service that makes snapshots when they are due, sends them, and compares those that were sent."""
