"""From what a source sends to envelopes: pure, one module a kind of source."""
