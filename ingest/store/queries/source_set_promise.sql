-- Another promise of a source.
update source set streams = %(streams)s, cadence = %(cadence)s where id = %(id)s;
