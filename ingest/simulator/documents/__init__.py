"""The document system (quản lý văn bản và điều hành) of the made-up district: what it writes, gets, signs and does."""
