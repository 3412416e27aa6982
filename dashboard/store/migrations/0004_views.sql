-- Saved views (bộ lọc đã lưu) of the operators' queue: a query of the page's address by name, of one person each.
create table saved_view (
    id bigint generated always as identity primary key,
    account_id bigint not null references account,
    name text not null check (length(name) between 1 and 60),
    query text not null check (length(query) <= 1000),
    -- The page opens with it where its address asks for nothing.
    first boolean not null default false,
    saved_at timestamptz not null
);
create unique index saved_view_name on saved_view (account_id, lower(name));
create unique index saved_view_first on saved_view (account_id) where first;
