alter table users add column is_admin boolean not null default false;

-- Serve the lists of who may not see private items: all that are public, an owner's that are public, one's own that are private.
create index items_public_id_idx on items (id) where visibility = 'public';
create index items_owner_id_visibility_id_idx on items (owner_id, visibility, id);

-- A log-in and what became of it: each refresh token replaces the one before.
create table token_families (
    id                 uuid        not null,
    user_id            bigint      not null,
    -- Finds the family of a refresh token, and is known to nobody who has none: the id is in access tokens.
    refresh_token_id   uuid        not null,
    refresh_token_hash bytea       not null,
    expires_at         timestamptz not null,
    constraint token_families_pkey primary key (id),
    constraint token_families_refresh_token_id_key unique (refresh_token_id),
    constraint token_families_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
    constraint token_families_refresh_token_hash_check check (octet_length(refresh_token_hash) = 32)
);

create index token_families_user_id_idx on token_families (user_id);
create index token_families_expires_at_idx on token_families (expires_at);

-- The addresses that users have logged in from.
create table known_addresses (
    user_id       bigint      not null,
    address       text        not null,
    last_login_at timestamptz not null,
    constraint known_addresses_pkey primary key (user_id, address),
    constraint known_addresses_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index known_addresses_last_login_at_idx on known_addresses (last_login_at);

-- What is counted so that it can be slowed down, such as the failed log-ins of an account.
create table attempts (
    name         text        not null,
    count        integer     not null,
    counted_from timestamptz not null,
    wait_until   timestamptz,
    constraint attempts_pkey primary key (name)
);

create index attempts_last_idx on attempts (coalesce(wait_until, counted_from));
