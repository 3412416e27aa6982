-- From this position on the partition goes by this rule.
insert into part_rule (part, pos, known_at, rule_id)
select %(part)s, %(pos)s, %(known_at)s, id from rule where digest = %(digest)s
