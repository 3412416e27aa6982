-- Whether a number is written on a letter of this unit and year already.
select 1
from dashboard.letter
where unit = %(unit)s and year = %(year)s and shown = %(shown)s;
