-- How far a file of a source is taken in now.
insert into taken_file (digest, source, done, accepted, refused, refusals_size, finished)
values (%(digest)s, %(source)s, %(done)s, %(accepted)s, %(refused)s, %(refusals_size)s, %(finished)s)
on conflict (digest, source) do update
   set done = excluded.done, accepted = excluded.accepted, refused = excluded.refused,
       refusals_size = excluded.refusals_size, finished = excluded.finished, updated_at = now();
