-- The display that shows this code becomes one of the house.
update dashboard.display
set state = 'approved', code = null, code_until = null, approved_at = %(at)s, approved_by = %(by)s,
    name = %(name)s, scenes = %(scenes)s, seconds = %(seconds)s, language = %(language)s, theme = %(theme)s
where state = 'pending' and code = %(code)s and code_until > %(at)s
returning id;
