-- The newest version of a period, and whether it is sealed.
select version, state = 'sealed' as is_sealed
from snapshot.slot
where kind = %(kind)s and period = %(period)s
order by version desc
limit 1;
