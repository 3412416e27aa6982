"""What the dashboard itself keeps, in the schema `dashboard`: nothing here is needed for any figure."""
