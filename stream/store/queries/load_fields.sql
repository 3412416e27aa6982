-- The numbers of all fields.
select code, id from field
