-- No token of the source holds any more. Answers how many did until now.
with revoked as (
    update source_token set revoked_at = now() where source = %(id)s and revoked_at is null returning 1
)
select count(*) from revoked;
