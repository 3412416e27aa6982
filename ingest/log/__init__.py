"""The event log: durable, partitioned, in order within a partition; on PostgreSQL or on Apache Kafka."""
