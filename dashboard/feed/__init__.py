"""The stream of board updates to every display: one subscription, many listeners."""
