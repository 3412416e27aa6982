"""The vendor's pack (bộ tài liệu cho nhà cung cấp): what a system has to send, in files that its makers can read."""
