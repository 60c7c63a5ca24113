-- Hibernate takes ids from a sequence fifty at a time, so that an insert needs no round trip for its id.
create sequence users_seq increment by 50;
create sequence items_seq increment by 50;

create table users (
    id            bigint      not null,
    email         text        not null,
    username      text,
    first_name    text,
    last_name     text,
    password_hash text        not null,
    is_active     boolean     not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       bigint      not null,
    constraint users_pkey primary key (id),
    constraint users_email_check check (char_length(email) between 3 and 254),
    constraint users_username_check check (username ~ '^[A-Za-z0-9._-]{3,50}$'),
    constraint users_first_name_check check (char_length(first_name) <= 100),
    constraint users_last_name_check check (char_length(last_name) <= 100)
);

create unique index users_email_key on users (lower(email));
create unique index users_username_key on users (lower(username));

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
    constraint items_pkey primary key (id),
    constraint items_owner_id_fkey foreign key (owner_id) references users (id) on delete cascade,
    constraint items_title_check check (char_length(title) between 1 and 200),
    constraint items_description_check check (char_length(description) <= 5000),
    constraint items_visibility_check check (visibility in ('public', 'private'))
);

-- Serves an owner's items in the order of their ids, and the cascade from the owner.
create index items_owner_id_id_idx on items (owner_id, id);
