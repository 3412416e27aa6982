-- The first local day on which a line of each unit was measured.
select unit, min(day) from quality_day group by unit
