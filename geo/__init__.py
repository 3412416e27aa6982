"""Where things are: dated administrative units, their lineage, the schematic map."""
