using Lending.Platform.Audit;
using Lending.Platform.Broker;
using Lending.Platform.Encryption;
using Lending.Platform.Outbox;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>What goes with a save, in its transaction: the organisation, ciphers, entries of the audit log, and events for the broker.</summary>
public abstract partial class ModuleDbContext
{
    // What the next save tells the audit log, beside what it shows itself.
    private readonly List<AuditEntry> notes = [];

    // Of the save that is under way, what no command has taken along yet.
    private IReadOnlyList<AuditEntry> unwritten = [];

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var detectsChanges = ChangeTracker.AutoDetectChangesEnabled;
        StampOrganization();
        try
        {
            // Stamping has found all changes already, and looking for them is a good part of a write's cost.
            ChangeTracker.AutoDetectChangesEnabled = false;
            unwritten = [.. notes, .. trail?.EntriesOf(ChangeTracker) ?? []];
            // Afterwards: nobody asks the log for hashes and ciphers.
            EncryptedProperty.Encrypt(ChangeTracker, KeyRing);
            var saved = await SaveAsync(acceptAllChangesOnSuccess, cancellationToken);
            notes.Clear();
            return saved;
        }
        finally
        {
            unwritten = [];
            ChangeTracker.AutoDetectChangesEnabled = detectsChanges;
        }
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving is asynchronous: SaveChangesAsync.");

    /// <summary>
    /// Tells the audit log, with the next <c>SaveChangesAsync</c>, of what no saved entity shows: a login, a failure, or what a statement changed.
    /// </summary>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="entityType">The name of the entity.</param>
    /// <param name="entityId">Which one; null for several.</param>
    /// <param name="customerId">The customer whom it concerns.</param>
    public void Note(string action, string entityType, Guid? entityId, Guid? customerId = null) =>
        notes.Add(Trail.NewEntry(action, entityType, entityId, customerId));

    /// <summary>The entries that the audit log is to get with the save's first command.</summary>
    internal IReadOnlyList<AuditEntry> TakeUnwritten()
    {
        var taken = unwritten;
        unwritten = [];
        return taken;
    }

    // EF finds what a command changed by the command's place among all that are sent with it, so nothing may be put before them.
    private async Task<int> SaveAsync(bool acceptAllChangesOnSuccess, CancellationToken ct)
    {
        var hasChanges = ChangeTracker.HasChanges();
        if (!hasChanges && unwritten.Count == 0)
        {
            return 0;
        }
        var events = hasBroker ? NewEvents() : [];
        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
        // What is saved alone is saved as a whole or not at all, also where the request goes on after it has failed.
        await using var part = transactions?.IsBetweenParts == true ? await transactions.BeginAsync(ct) : null;
        if (hasChanges && ScopeToTell(ofEveryOrganization: false) is { } scope)
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)Database.GetDbConnection()) { BatchCommands = { scope.Telling } };
            await batch.ExecuteNonQueryAsync(ct);
        }
        var saved = hasChanges ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct) : 0;
        if (TakeUnwritten() is { Count: > 0 } notesAlone)
        {
            await using var command = new NpgsqlCommand { Connection = (NpgsqlConnection)Database.GetDbConnection() };
            AuditInserts.AddTo(command, notesAlone);
            command.CommandText = OfSlice(command.CommandText);
            ScopeToTell(ofEveryOrganization: false)?.TellIn(command);
            await command.ExecuteNonQueryAsync(ct);
        }
        if (events.Count > 0)
        {
            await BrokerMessages.AddAsync((NpgsqlConnection)Database.GetDbConnection(), schema, events, OfSlice, ct);
        }
        if (part is not null)
        {
            await part.CommitAsync(ct);
        }
        if (own is not null)
        {
            await own.CommitAsync(ct);
            transactions?.NoteWritten();
        }
        return saved;
    }

    private List<OutboxMessage> NewEvents() =>
        [.. ChangeTracker.Entries<OutboxMessage>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];

    private void StampOrganization()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>())
        {
            if (entry.State == EntityState.Added && entry.Entity is OutboxMessage message)
            {
                transactions?.NoteEvent(message.Type);
            }
            if (entry.State == EntityState.Added && entry.Entity.OrganizationId == Guid.Empty)
            {
                entry.Property(row => row.OrganizationId).CurrentValue = OrganizationId;
            }
            if (entry.State != EntityState.Unchanged && entry.Entity.OrganizationId != OrganizationId)
            {
                throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} of another organisation may not be written.");
            }
        }
    }
}
