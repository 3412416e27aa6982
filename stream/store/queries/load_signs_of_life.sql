-- When each source last sent a heartbeat.
select source, heartbeat_at from source_state where heartbeat_at is not null
