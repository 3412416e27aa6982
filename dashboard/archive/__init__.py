"""The archive of snapshots (kho báo cáo): what was sealed and sent to the province, and what became of it."""
