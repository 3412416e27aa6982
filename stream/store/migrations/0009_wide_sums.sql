-- A minute may have any number of samples, told to the microsecond: no source stops the worker with its sums.
alter table quality_minute alter column mos_sum type bigint, alter column loss_sum type bigint;
