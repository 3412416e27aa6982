-- What is open or wrong in the whole archive, whatever the list is narrowed to.
select
  (select count(*) from snapshot.slot where slot.state = 'held') as held,
  (
    select count(*) from snapshot.slot
    where slot.state = 'waiting' and slot.error is null and slot.due_at < %(overdue)s
  ) as overdue,
  (select count(*) from snapshot.slot where slot.state = 'waiting' and slot.error is not null) as failed,
  (select count(*) from snapshot.delivery where delivery.state = 'waiting' and delivery.attempts > 0 and delivery.error is not null) as failing,
  (select count(*) from snapshot.delivery where delivery.state = 'given_up') as given_up,
  (select count(*) from snapshot.sealed) as sealed;
