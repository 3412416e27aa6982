-- Every display that may show the wall, with the rotation that it is to show.
select id, name, scenes, seconds, language, theme
from dashboard.display
where state = 'approved';
