-- The next number of the series of a unit and year. Whoever asks meanwhile waits until this one is kept or given back.
insert into dashboard.letter_series as series (unit, year, last)
values (%(unit)s, %(year)s, 1)
on conflict (unit, year) do update set last = series.last + 1
returning last;
