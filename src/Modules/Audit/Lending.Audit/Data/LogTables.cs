namespace Lending.Audit.Data;

/// <summary>What the first migration makes by SQL, because EF knows no partitions. A later one leaves it alone and changes it by SQL of its own.</summary>
internal static class LogTables
{
    public const string Up = """
        -- Zero, until a database is restored into a server whose transactions count from the beginning; see continue_transactions.
        CREATE FUNCTION audit.transaction_base() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 0::bigint';

        CREATE TABLE audit.entries (
            transaction bigint NOT NULL DEFAULT audit.transaction_base() + pg_current_xact_id()::text::bigint,
            id uuid NOT NULL,
            at timestamptz NOT NULL,
            organization_id uuid NOT NULL,
            action varchar(20) NOT NULL,
            operation varchar(100),
            entity_type varchar(100) NOT NULL,
            entity_id uuid,
            customer_id uuid,
            shown_ids uuid[],
            user_id uuid,
            api_key_id uuid,
            session_id uuid,
            address varchar(45),
            request_id varchar(40),
            changes json,
            CONSTRAINT ck_entries_at CHECK (at BETWEEN '2000-01-01' AND '2999-12-31'),
            CONSTRAINT pk_entries PRIMARY KEY (organization_id, at, id)
        ) PARTITION BY RANGE (at);
        CREATE INDEX ix_entries_transaction_id ON audit.entries (transaction, id);
        CREATE INDEX ix_entries_organization_id_entity_id_at_id ON audit.entries (organization_id, entity_id, at, id);
        CREATE INDEX ix_entries_organization_id_user_id_at_id ON audit.entries (organization_id, user_id, at, id);

        -- No entry is ever refused for want of a partition.
        CREATE TABLE audit.entries_default PARTITION OF audit.entries DEFAULT;

        CREATE FUNCTION audit.make_partitions(now timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
            month timestamp;
            partition text;
            lower_bound timestamptz;
            upper_bound timestamptz;
        BEGIN
            -- It acts as the owner of the tables, so it does not make any number of them for anybody.
            IF now NOT BETWEEN clock_timestamp() - interval '1 year' AND clock_timestamp() + interval '1 year' THEN
                RAISE EXCEPTION 'No partitions are needed for the year of %', now;
            END IF;
            PERFORM pg_advisory_xact_lock(5080202801);
            FOR ahead IN 0..3 LOOP
                month := date_trunc('month', now AT TIME ZONE 'UTC') + make_interval(months => ahead);
                partition := 'entries_' || to_char(month, 'YYYY_MM');
                CONTINUE WHEN to_regclass('audit.' || partition) IS NOT NULL;
                lower_bound := month AT TIME ZONE 'UTC';
                upper_bound := (month + interval '1 month') AT TIME ZONE 'UTC';
                EXECUTE format('CREATE TABLE audit.%I (LIKE audit.entries INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
                -- Those that came before their partition.
                EXECUTE format(
                    'WITH early AS (DELETE FROM audit.entries_default WHERE at >= $1 AND at < $2 RETURNING *) INSERT INTO audit.%I SELECT * FROM early',
                    partition
                ) USING lower_bound, upper_bound;
                EXECUTE format(
                    'ALTER TABLE audit.entries ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', partition, lower_bound, upper_bound
                );
            END LOOP;
        END $$;

        -- After a restore, numbers of transactions may begin again below those that are sealed, and what is written then would never be sealed.
        CREATE FUNCTION audit.continue_transactions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
            missing bigint := (SELECT max(transaction) FROM audit.entries) - audit.transaction_base()
                - pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
        BEGIN
            IF missing >= 0 THEN
                EXECUTE format(
                    'CREATE OR REPLACE FUNCTION audit.transaction_base() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
                    format('SELECT %s::bigint', audit.transaction_base() + missing + 1)
                );
            END IF;
        END $$;
        """;

    public const string Down = """
        DROP TABLE audit.entries;
        DROP FUNCTION audit.transaction_base, audit.make_partitions, audit.continue_transactions;
        """;
}
