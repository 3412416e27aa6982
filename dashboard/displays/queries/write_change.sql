-- What is null stays as it is.
update dashboard.display
set name = coalesce(%(name)s, name), scenes = coalesce(%(scenes)s, scenes), seconds = coalesce(%(seconds)s, seconds),
    language = coalesce(%(language)s, language), theme = coalesce(%(theme)s, theme)
where id = %(id)s and state = 'approved'
returning id;
