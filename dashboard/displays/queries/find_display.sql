-- The display that a key is, whatever state it is in.
select id, state, code, code_until
from dashboard.display
where thumbprint = %(thumbprint)s;
