-- Every constraint has a name, because the code translates violated constraints into responses.
-- A migration must leave the schema usable for the previous version of the service (docs/adr/0010-replicas.md).

-- Hibernate takes ids from a sequence in blocks of 50, so that an insert needs no extra round trip.
create sequence users_seq increment by 50;
create sequence items_seq increment by 50;

create table users (
    id            bigint      not null,
    email         text        not null,
    -- The same for each spelling of the address or the username, as the service computes it (LoginKey). Null only in rows
    -- that something else has inserted, whose users cannot log in.
    email_key     text,
    username      text,
    username_key  text,
    first_name    text,
    last_name     text,
    -- A PHC string with an Argon2id hash.
    password_hash text        not null,
    is_active     boolean     not null,
    is_admin      boolean     not null default false,
    -- Whether the e-mail address belongs to the user, and the address that replaces it as soon as that is verified.
    is_verified   boolean     not null default false,
    pending_email text,
    -- When the user is removed, unless the address is verified before. Null for users who need not verify it.
    verify_by     timestamptz,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       bigint      not null,
    constraint users_pkey primary key (id),
    constraint users_email_key unique (email_key),
    constraint users_username_key unique (username_key),
    constraint users_email_check check (char_length(email) between 3 and 254),
    constraint users_pending_email_check check (char_length(pending_email) between 3 and 254),
    constraint users_username_check check (username ~ '^[A-Za-z0-9._-]{3,50}$'),
    constraint users_first_name_check check (char_length(first_name) <= 100),
    constraint users_last_name_check check (char_length(last_name) <= 100)
);

-- One index for each sort order, in which active and inactive users are apart (docs/adr/0004-lists.md).
create index users_by_id_idx on users (is_active, (id + 0));
create index users_by_created_at_idx on users (is_active, created_at, id);
create index users_by_updated_at_idx on users (is_active, updated_at, id);
create index users_by_email_idx on users (is_active, email collate "C", id);

create index users_verify_by_idx on users (verify_by) where verify_by is not null;

-- Tells whether there is another active admin.
create index users_active_admins_idx on users (id) where is_admin and is_active;

-- Find users by the start of their e-mail address, username, last name or whole name, without accents.
create index users_email_prefix_idx on users
    (lower(regexp_replace(normalize(email, NFKD), '[\u0300-\u036f]', '', 'g')) text_pattern_ops);
create index users_username_prefix_idx on users
    (lower(regexp_replace(normalize(username, NFKD), '[\u0300-\u036f]', '', 'g')) text_pattern_ops);
create index users_last_name_prefix_idx on users
    (lower(regexp_replace(normalize(last_name, NFKD), '[\u0300-\u036f]', '', 'g')) text_pattern_ops);
create index users_name_prefix_idx on users
    (lower(regexp_replace(normalize(coalesce(first_name || ' ', '') || coalesce(last_name, ''), NFKD),
        '[\u0300-\u036f]', '', 'g')) text_pattern_ops);

create table items (
    id          bigint      not null,
    owner_id    bigint      not null,
    title       text        not null,
    description text,
    visibility  text        not null,
    date        date,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    version     bigint      not null,
    -- The words in any language, without accents and with spaces instead of punctuation, as SearchQuery does it for what
    -- is looked for. Words in the title have a higher weight. It is written twice, because PostgreSQL would parse a
    -- function again for each insert.
    search      tsvector    not null generated always as (
        setweight(to_tsvector('simple', regexp_replace(
            regexp_replace(normalize(title, NFKD), '[\u0300-\u036f]', '', 'g'),
            '[!-/:-@\[-`{-~‐-―‘-‟†‡•‹›«»¡¿·⁄、。「」]', ' ', 'g')), 'A')
        || setweight(to_tsvector('simple', regexp_replace(
            regexp_replace(normalize(coalesce(description, ''), NFKD), '[\u0300-\u036f]', '', 'g'),
            '[!-/:-@\[-`{-~‐-―‘-‟†‡•‹›«»¡¿·⁄、。「」]', ' ', 'g')), 'B')
    ) stored,
    constraint items_pkey primary key (id),
    constraint items_owner_id_fkey foreign key (owner_id) references users (id) on delete cascade,
    constraint items_title_check check (char_length(title) between 1 and 200),
    constraint items_description_check check (char_length(description) <= 5000),
    constraint items_visibility_check check (visibility in ('public', 'private'))
);

create index items_search_idx on items using gin (search);

-- One index for each sort order, in which public and private items are apart, so that a page reads no items that its
-- reader may not see (docs/adr/0004-lists.md). Items without a date come last. "id + 0" prevents the
-- planner from reading all items in the order of the primary key. The creation time at the end of the first index
-- lets PostgreSQL leave out older items without reading them, for clients that look for new ones.
create index items_by_id_idx on items (visibility, (id + 0), created_at);
create index items_by_created_at_idx on items (visibility, created_at, id);
create index items_by_updated_at_idx on items (visibility, updated_at, id);
create index items_by_title_idx on items (visibility, title collate "C", id);
create index items_by_date_idx on items (visibility, (coalesce(date, 'infinity')), id);

-- The items of one owner by id. In another order, what the owner has is sorted.
create index items_of_owner_idx on items (owner_id, visibility, (id + 0));

-- All tokens of one log-in. Each refresh token replaces the previous one (docs/adr/0006-tokens.md).
create table sessions (
    id                 uuid        not null,
    user_id            bigint      not null,
    -- Identifies the session in refresh tokens. Access tokens contain the id instead.
    refresh_token_id   uuid        not null,
    refresh_token_hash bytea       not null,
    created_at         timestamptz not null,
    -- When the last tokens were issued, and to whom.
    last_used_at       timestamptz not null,
    address            text        not null,
    user_agent         text,
    expires_at         timestamptz not null,
    -- The refresh token that was replaced last, which is accepted for some seconds more.
    previous_token_hash bytea,
    constraint sessions_pkey primary key (id),
    constraint sessions_refresh_token_id_key unique (refresh_token_id),
    constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
    constraint sessions_refresh_token_hash_check check (octet_length(refresh_token_hash) = 32)
);

create index sessions_user_id_idx on sessions (user_id, created_at);
create index sessions_expires_at_idx on sessions (expires_at);

-- The addresses that users have logged in from.
create table known_addresses (
    user_id       bigint      not null,
    address       text        not null,
    last_login_at timestamptz not null,
    constraint known_addresses_pkey primary key (user_id, address),
    constraint known_addresses_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index known_addresses_last_login_at_idx on known_addresses (last_login_at);

-- E-mails that wait to be sent (docs/adr/0009-outbox.md). They contain no token.
create table outbox (
    id              uuid        not null,
    type            text        not null,
    -- Null if it is not known yet who has the address.
    user_id         bigint,
    recipient       text        not null,
    recipient_key   text        not null,
    -- Where a log-in came from, which the e-mail reports.
    client_address  text,
    created_at      timestamptz not null,
    attempts        integer     not null,
    next_attempt_at timestamptz not null,
    constraint outbox_pkey primary key (id),
    constraint outbox_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

-- A request for an e-mail that is already waiting replaces it.
create unique index outbox_key on outbox
    (type, (coalesce(user_id, 0)), recipient_key, (coalesce(client_address, '')));
create index outbox_recipient_idx on outbox (recipient_key);
create index outbox_next_attempt_at_idx on outbox (next_attempt_at);
create index outbox_created_at_idx on outbox (created_at);
create index outbox_user_id_idx on outbox (user_id);

-- The tokens in the links of e-mails. A user has at most one for each purpose and address.
create table email_tokens (
    user_id    bigint      not null,
    purpose    text        not null,
    token_hash bytea       not null,
    -- The address that received the token.
    email      text        not null,
    expires_at timestamptz not null,
    constraint email_tokens_pkey primary key (user_id, purpose, email),
    constraint email_tokens_token_hash_key unique (token_hash),
    constraint email_tokens_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
    constraint email_tokens_token_hash_check check (octet_length(token_hash) = 32)
);

create index email_tokens_expires_at_idx on email_tokens (expires_at);

-- The numbers of limited attempts, such as the failed log-ins of an account.
create table attempts (
    name         text        not null,
    count        integer     not null,
    counted_from timestamptz not null,
    wait_until   timestamptz,
    constraint attempts_pkey primary key (name)
);

create index attempts_last_idx on attempts (coalesce(wait_until, counted_from));

-- The responses to requests with an idempotency key. The name is made of the caller and the key.
create table idempotency_keys (
    name                text        not null,
    user_id             bigint      not null,
    request_fingerprint bytea       not null,
    status              integer     not null,
    location            text,
    etag                text,
    body                text        not null,
    created_at          timestamptz not null,
    constraint idempotency_keys_pkey primary key (name),
    constraint idempotency_keys_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
    constraint idempotency_keys_request_fingerprint_check check (octet_length(request_fingerprint) = 32)
);

create index idempotency_keys_user_id_idx on idempotency_keys (user_id);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
