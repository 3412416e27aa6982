-- For this transaction: who appends holds a head for some milliseconds.
select set_config('lock_timeout', '2s', true)
