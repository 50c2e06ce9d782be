using Lending.Platform.Telemetry;

namespace Lending.Platform.Persistence;

/// <summary>What metrics tell of the archive of WAL, where PostgreSQL has one: how much would be lost with its machine.</summary>
internal static class ArchiveFigures
{
    /// <summary>
    /// For how long WAL has waited for the archive: 0 where the last segment that is complete has arrived, as the present one is complete when it is full or
    /// <c>archive_timeout</c> has passed. Where nobody writes, the last one may have arrived long ago. No row where nothing is archived.
    /// </summary>
    public static readonly CountedFigure Oldest = new(
        "Lending.Backup",
        "lending.backup.wal.oldest",
        "s",
        "How long WAL has waited that is not in the archive yet.",
        """
        SELECT (CASE
            WHEN left(last_archived_wal, 24) COLLATE "C" >= pg_walfile_name(pg_current_wal_lsn() - (pg_size_bytes(current_setting('wal_segment_size')) - 1)) THEN 0
            ELSE greatest(extract(epoch FROM $1 - coalesce(last_archived_time, stats_reset)), 0)
        END)::float8
        FROM pg_stat_archiver WHERE current_setting('archive_mode') <> 'off'
        """
    );
}
