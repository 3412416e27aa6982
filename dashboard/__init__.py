"""What people see: the walls, the operators' desk, and who may see what."""
