set statement_timeout = 0;

-- From now on, no statement of the service's role takes longer. A setting of a connection would leak behind a pooler.
do $$
begin
    perform pg_advisory_xact_lock(hashtextextended('statement timeout', 0)); -- Several replicas may start.
    if not exists (
        select from pg_db_role_setting
        where setdatabase = (select oid from pg_database where datname = current_database())
          and setrole = current_user::regrole
          and setconfig @> array['statement_timeout=${statement-timeout}']
    ) then
        execute format(
            'alter role %I in database %I set statement_timeout = %L',
            current_user, current_database(), '${statement-timeout}');
    end if;
exception
    when insufficient_privilege then
        raise warning 'The role of the service cannot set its statement_timeout';
end
$$;

-- If SATCHEL_DISTRIBUTE_TABLES is set, distributes the tables over the nodes of Citus, after each migration and as often
-- as this is executed (docs/adr/0012-distributed-tables.md). The other tables stay on the coordinator, because their
-- foreign keys refer to its copy of users.
do $$
begin
    if not ${distribute-tables} then
        return;
    end if;
    if not exists (select from pg_extension where extname = 'citus') then
        raise exception 'SATCHEL_DISTRIBUTE_TABLES is set, but the database does not have the extension citus';
    end if;
    if not exists (select from citus_tables where table_name = 'users'::regclass and citus_table_type = 'reference') then
        perform create_reference_table('users');
    end if;
    if not exists (select from citus_tables where table_name = 'items'::regclass and citus_table_type = 'distributed') then
        perform create_distributed_table('items', 'id');
    end if;
end
$$;
