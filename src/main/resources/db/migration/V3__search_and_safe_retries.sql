-- What is searched in an item: its words as they are written, in whatever language; those of the title weigh more.
alter table items add column search tsvector not null generated always as (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(description, '')), 'B')
) stored;

create index items_search_idx on items using gin (search);

-- A list is in one of several orders, of rows of one kind or of each kind by itself: an index for each, so that a page reads
-- what is on it alone (docs/adr/0011). They end in what a list is bounded by, which is then looked at in the index, before a
-- row is read. A day that is not there comes after all others.
-- "id + 0" is an order that the primary key does not have, and "visibility || ''" a kind that the indexes of all owners do not
-- have: else these might be taken where a planner thinks them cheaper, and rows of other kinds and owners be read with them.
drop index items_owner_id_id_idx;
drop index items_public_id_idx;
drop index items_owner_id_visibility_id_idx;

create index items_public_by_id_idx on items
    ((id + 0), created_at, (coalesce(date, 'infinity'))) where visibility = 'public';
create index items_public_by_created_at_idx on items
    (created_at, id, (coalesce(date, 'infinity'))) where visibility = 'public';
create index items_public_by_updated_at_idx on items
    (updated_at, id, created_at, (coalesce(date, 'infinity'))) where visibility = 'public';
create index items_public_by_title_idx on items
    (title collate "C", id, created_at, (coalesce(date, 'infinity'))) where visibility = 'public';
create index items_public_by_date_idx on items
    ((coalesce(date, 'infinity')), id, created_at) where visibility = 'public';

create index items_private_by_id_idx on items
    ((id + 0), created_at, (coalesce(date, 'infinity'))) where visibility = 'private';
create index items_private_by_created_at_idx on items
    (created_at, id, (coalesce(date, 'infinity'))) where visibility = 'private';
create index items_private_by_updated_at_idx on items
    (updated_at, id, created_at, (coalesce(date, 'infinity'))) where visibility = 'private';
create index items_private_by_title_idx on items
    (title collate "C", id, created_at, (coalesce(date, 'infinity'))) where visibility = 'private';
create index items_private_by_date_idx on items
    ((coalesce(date, 'infinity')), id, created_at) where visibility = 'private';

create index items_of_owner_by_id_idx on items
    (owner_id, (visibility || ''), (id + 0), created_at, (coalesce(date, 'infinity')));
create index items_of_owner_by_created_at_idx on items
    (owner_id, (visibility || ''), created_at, id, (coalesce(date, 'infinity')));
create index items_of_owner_by_updated_at_idx on items
    (owner_id, (visibility || ''), updated_at, id, created_at, (coalesce(date, 'infinity')));
create index items_of_owner_by_title_idx on items
    (owner_id, (visibility || ''), title collate "C", id, created_at, (coalesce(date, 'infinity')));
create index items_of_owner_by_date_idx on items
    (owner_id, (visibility || ''), (coalesce(date, 'infinity')), id, created_at);

create index users_active_by_id_idx on users ((id + 0)) where is_active;
create index users_active_by_created_at_idx on users (created_at, id) where is_active;
create index users_active_by_updated_at_idx on users (updated_at, id) where is_active;
create index users_active_by_email_idx on users (email collate "C", id) where is_active;

create index users_inactive_by_id_idx on users ((id + 0)) where not is_active;
create index users_inactive_by_created_at_idx on users (created_at, id) where not is_active;
create index users_inactive_by_updated_at_idx on users (updated_at, id) where not is_active;
create index users_inactive_by_email_idx on users (email collate "C", id) where not is_active;

-- Find users by how their e-mail address, username, last name or whole name begins.
create index users_email_prefix_idx on users (lower(email) text_pattern_ops);
create index users_username_prefix_idx on users (lower(username) text_pattern_ops);
create index users_last_name_prefix_idx on users (lower(last_name) text_pattern_ops);
create index users_name_prefix_idx on users
    (lower(coalesce(first_name || ' ', '') || coalesce(last_name, '')) text_pattern_ops);

-- The answers to requests that may be repeated, by who asked and the key that the client gave them.
create table idempotency_keys (
    name         text        not null,
    user_id      bigint      not null,
    request_hash bytea       not null,
    status       integer     not null,
    location     text,
    etag         text,
    modified     text,
    body         text        not null,
    created_at   timestamptz not null,
    constraint idempotency_keys_pkey primary key (name),
    constraint idempotency_keys_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
    constraint idempotency_keys_request_hash_check check (octet_length(request_hash) = 32)
);

create index idempotency_keys_user_id_idx on idempotency_keys (user_id);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
