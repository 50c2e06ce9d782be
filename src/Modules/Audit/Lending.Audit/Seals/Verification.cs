using Lending.Audit.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Npgsql;

namespace Lending.Audit.Seals;

/// <summary>Holds the log against its seals, from the first one on.</summary>
internal sealed class Verification(NpgsqlDataSource dataSource, SealKeys keys) : IAuditVerification
{
    private const int HashLength = 32;
    private const int SealsAtOnce = 100;

    // No transaction takes so long, and no two hosts' clocks differ by so much. Only reads wait in a queue for as long as the database is away.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    public async Task<AuditVerdict> VerifyAsync(string? known, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.SeeEveryOrganizationAsync(ct);
        var run = new Run(connection, keys, known, ct);
        while (await run.CheckSealsAsync() == SealsAtOnce) { }
        await run.CheckUnsealedAsync();
        return run.End();
    }

    private sealed class Run(NpgsqlConnection connection, SealKeys keys, string? known, CancellationToken ct)
    {
        private readonly List<string> findings = [];
        private readonly List<Seal> unvouched = [];
        private readonly List<Seal> neverVouched = [];

        // By id, with the seal or the place where it was looked for: what is missing in one place and too much in another was moved.
        private readonly Dictionary<Guid, long> missing = [];
        private readonly Dictionary<Guid, string> unexpected = [];

        private Seal? previous;
        private bool knownIsThere;
        private int seals;
        private int sealedEntries;

        public async Task<int> CheckSealsAsync()
        {
            var next = await connection.ReadAsync(
                $"SELECT {Sealing.SealColumns} FROM audit.seals WHERE number > $1 ORDER BY number LIMIT {SealsAtOnce}",
                Sealing.ReadSeal,
                ct,
                new NpgsqlParameter<long> { TypedValue = previous?.Number ?? 0 }
            );
            foreach (var seal in next)
            {
                CheckSeal(seal);
                await CheckEntriesAsync(seal);
                (previous, seals, sealedEntries) = (seal, seals + 1, sealedEntries + seal.EntryIds.Length);
            }
            return next.Count;
        }

        /// <summary>Entries that are older than the newest seal, or newer than anything that was written, were put there.</summary>
        public async Task CheckUnsealedAsync()
        {
            var strange = await connection.ReadAsync(
                $"""
                SELECT id FROM audit.entries
                WHERE (transaction, id) > ($1, $2)
                    AND (at < $3 AND action <> '{AuditAction.Read}' OR transaction >= audit.transaction_base() + pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
                """,
                row => row.GetGuid(0),
                ct,
                new NpgsqlParameter<long> { TypedValue = previous?.LastTransaction ?? 0 },
                new NpgsqlParameter<Guid> { TypedValue = previous?.LastEntryId ?? Guid.Empty },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = previous?.SealedAt - LongestDelay ?? DateTimeOffset.MinValue }
            );
            foreach (var id in strange)
            {
                unexpected.TryAdd(id, "behind the last seal");
            }
        }

        public AuditVerdict End()
        {
            foreach (var (id, number) in missing)
            {
                findings.Add(
                    unexpected.Remove(id, out var place)
                        ? $"Entry {id} of seal {number} was moved: it is {place}."
                        : $"Entry {id} of seal {number} was removed."
                );
            }
            findings.AddRange(unexpected.Select(entry => $"Entry {entry.Key} was inserted {entry.Value}."));
            neverVouched.AddRange(unvouched);
            if (neverVouched is [var first, ..])
            {
                findings.Add(
                    $"The seals from {first.Number} to {neverVouched[^1].Number} are signed with keys that are not configured ({string.Join(", ", neverVouched.Select(seal => seal.KeyId).Distinct(StringComparer.Ordinal))}), and no later seal vouches for them."
                );
            }
            if (known is not null && !knownIsThere)
            {
                findings.Add($"The seal {known} is not in the log: seals were taken away, or made anew.");
            }
            return new AuditVerdict(seals, sealedEntries, previous?.Name, findings);
        }

        private void CheckSeal(Seal seal)
        {
            knownIsThere |= seal.Name == known;
            var expected = (previous?.Number ?? 0) + 1;
            if (seal.Number != expected)
            {
                findings.Add($"Of the seals, {expected} to {seal.Number - 1} were removed.");
            }
            else if (!seal.PreviousHash.AsSpan().SequenceEqual(previous?.Hash ?? []))
            {
                findings.Add($"Seal {seal.Number} does not follow the seal before it.");
            }
            if (!seal.ComputeHash().AsSpan().SequenceEqual(seal.Hash))
            {
                findings.Add($"Seal {seal.Number} was changed.");
                return;
            }
            if (!seal.Vouches)
            {
                neverVouched.AddRange(unvouched);
                unvouched.Clear();
            }
            switch (seal.CheckSignature(keys))
            {
                case SignatureState.Right:
                    // Its hash rests on theirs.
                    unvouched.Clear();
                    break;
                case SignatureState.Wrong:
                    findings.Add($"The signature of seal {seal.Number} is wrong.");
                    break;
                default:
                    unvouched.Add(seal);
                    break;
            }
        }

        private async Task CheckEntriesAsync(Seal seal)
        {
            var from = previous?.Last ?? default;
            var stored = await connection.ReadAsync(
                $"""
                SELECT {StoredEntry.Columns} FROM audit.entries
                WHERE (transaction, id) > ($1, $2) AND (transaction, id) <= ($3, $4)
                ORDER BY transaction, id
                """,
                StoredEntry.Read,
                ct,
                new NpgsqlParameter<long> { TypedValue = from.Transaction },
                new NpgsqlParameter<Guid> { TypedValue = from.EntryId },
                new NpgsqlParameter<long> { TypedValue = seal.LastTransaction },
                new NpgsqlParameter<Guid> { TypedValue = seal.LastEntryId }
            );
            var places = seal.EntryIds.Index().DistinctBy(entry => entry.Item).ToDictionary(entry => entry.Item, entry => entry.Index);
            var found = stored.Where(entry => places.ContainsKey(entry.Id)).ToList();
            foreach (var entry in stored.Where(entry => !places.ContainsKey(entry.Id)))
            {
                unexpected.TryAdd(entry.Id, $"among those of seal {seal.Number}");
            }
            foreach (var id in seal.EntryIds.Except(found.Select(entry => entry.Id)))
            {
                missing.TryAdd(id, seal.Number);
            }
            foreach (var entry in found)
            {
                if (!entry.Hash.AsSpan().SequenceEqual(seal.EntryHashes.AsSpan(places[entry.Id] * HashLength, HashLength)))
                {
                    findings.Add($"Entry {entry.Id} of seal {seal.Number} was changed.");
                }
                else if (previous is not null && !entry.IsRead && entry.At < previous.SealedAt - LongestDelay)
                {
                    unexpected.TryAdd(entry.Id, $"into seal {seal.Number}, after its time");
                }
            }
            // Those that are left, in the order of the seal and in the order of the log.
            var sealedOrder = seal.EntryIds.Where(found.Select(entry => entry.Id).ToHashSet().Contains);
            findings.AddRange(
                sealedOrder
                    .Zip(found)
                    .Where(pair => pair.First != pair.Second.Id)
                    .Select(pair => $"Entry {pair.Second.Id} of seal {seal.Number} was moved: entry {pair.First} was at its place.")
            );
        }
    }
}
