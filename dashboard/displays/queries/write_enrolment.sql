-- A device that asks to be a display: a new row, or a new code in the place of one that has run out.
insert into dashboard.display (thumbprint, public_key, user_agent, code, code_until, enrolled_at)
values (%(thumbprint)s, %(public_key)s, %(user_agent)s, %(code)s, %(code_until)s, %(at)s)
on conflict (thumbprint) do update
set code = excluded.code, code_until = excluded.code_until, user_agent = excluded.user_agent
where display.state = 'pending'
returning id, state, code, code_until;
