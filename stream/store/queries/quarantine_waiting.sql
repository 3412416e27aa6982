-- How many records in quarantine nobody has sent again.
select count(*) from quarantine where replayed_as is null
