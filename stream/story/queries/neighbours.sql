-- The codes next to one that does not exist, on both sides.
(select code from cases where code >= %(code)s order by code limit %(most)s)
union all
(select code from cases where code < %(code)s order by code desc limit %(most)s)
