"""Sending snapshots to their receivers: by HTTPS, by SFTP, into a folder, by mail."""
