"""The service-quality index (bộ chỉ số chất lượng phục vụ) of Decision 766/QĐ-TTg, and its official scores."""
