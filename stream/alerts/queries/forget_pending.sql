-- What ended before it opened was never told to anybody.
delete from alert where id = %(id)s and phase = 'pending'
