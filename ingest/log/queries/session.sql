-- What every connection of the log needs, whatever the server's defaults are. The server looks after a
-- quiet connection too, so that a machine that vanished lets go of its locks within half a minute.
select set_config('search_path', %(path)s, false),
       set_config('synchronous_commit', 'on', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false);
