-- The meetings that are on, with all that was told of them.
select substr(code, 9), timeline from cases where is_open and kind = 6 and status = 2
