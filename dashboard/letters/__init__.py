"""The letter of apology that is owed for a late application: prepared, numbered, printed, marked as sent."""
