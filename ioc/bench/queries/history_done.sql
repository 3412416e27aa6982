reset work_mem;
reset maintenance_work_mem;
reset synchronous_commit;
checkpoint;
