-- The codes next to one that does not exist, on both sides; how a case is handled is told with the case.
(select code from cases where code >= %(code)s and kind <> 8 order by code limit %(most)s)
union all
(select code from cases where code < %(code)s and kind <> 8 order by code desc limit %(most)s)
