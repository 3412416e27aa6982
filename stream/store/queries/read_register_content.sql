-- A register of procedures, by its digest.
select content from rule where digest = %(digest)s
