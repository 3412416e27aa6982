-- Keep a calendar or a register, once; two workers that meet the same one get the same number.
insert into rule (kind, version, digest, content)
values (%(kind)s, %(version)s, %(digest)s, %(content)s)
on conflict (digest) do update set digest = excluded.digest
returning id
