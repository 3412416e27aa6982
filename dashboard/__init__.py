"""What people see: the walls, and later the operators' pages."""
