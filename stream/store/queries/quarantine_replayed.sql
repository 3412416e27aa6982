-- Remember as what a record of the quarantine went into the log again.
update quarantine set replayed_as = %(replayed_as)s where part = %(part)s and pos = %(pos)s
