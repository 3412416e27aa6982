-- The public key with which an approved display proves who it is.
select public_key
from dashboard.display
where id = %(id)s and state = 'approved';
