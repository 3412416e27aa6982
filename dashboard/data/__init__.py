"""The data page (trang dữ liệu): can the figures be trusted, and if not, why; and how good the conference lines are."""
