"""The schematic map."""
