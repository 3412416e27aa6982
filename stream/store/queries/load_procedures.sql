-- The numbers of all procedures.
select code, id from procedure
