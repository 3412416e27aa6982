insert into dashboard.audit (at, who, what, facts) values (%(at)s, %(who)s, %(what)s, %(facts)s);
