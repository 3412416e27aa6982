"""A snapshot as a workbook (XLSX), for whoever keeps the figures of a province: form, KPIs, index, live formulas."""
