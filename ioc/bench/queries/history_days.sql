-- Mondays to Fridays from the first day on, and as many after the last as an application may need.
insert into working_day (number, day)
select row_number() over (order by each), each::date
from generate_series(%(first)s::date, %(last)s::date + 90, interval '1 day') as each
where extract(isodow from each) < 6
