"""Snapshots (báo cáo số liệu chốt kỳ) to the province: what is said, when, how it is sealed, and what became of it."""
