"""Restatement (đính chính số liệu): what late records changed in figures that were sent, and which cases did it."""
