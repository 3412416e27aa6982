"""The renderings of a snapshot: workbook, PDF and canonical JSON say the same figures."""
