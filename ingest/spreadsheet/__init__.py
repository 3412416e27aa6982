"""Tables of those who have only a spreadsheet: CSV and XLSX, read as a mapping says, row by row into events."""
