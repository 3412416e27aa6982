"""When snapshots are made: schedules as data, their slots, and how any number of schedulers share them."""
