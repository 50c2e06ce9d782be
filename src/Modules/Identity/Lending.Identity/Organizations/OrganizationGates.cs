using System.Collections.Frozen;
using System.Net;
using Lending.Identity.Addresses;
using Lending.Identity.Data;
using Lending.Identity.Snapshots;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Answers from a snapshot of the organisations that do not let everybody in: those that are suspended, and those that allow some addresses only.</summary>
internal sealed class OrganizationGates : IOrganizationGates
{
    private readonly IDbContextFactory<IdentityDbContext> contexts;
    private readonly Snapshot<FrozenDictionary<Guid, Gate>> snapshot;

    public OrganizationGates(IDbContextFactory<IdentityDbContext> contexts, TimeProvider clock)
    {
        this.contexts = contexts;
        snapshot = new(ReadAsync, clock);
    }

    public async ValueTask<Error?> CheckAsync(CallerIdentity caller, IPAddress? address, CancellationToken ct)
    {
        if (!(await snapshot.GetAsync(ct)).TryGetValue(caller.OrganizationId, out var gate))
        {
            return null;
        }
        if (gate.IsSuspended)
        {
            return IdentityErrors.OrganizationSuspended;
        }
        return caller.IsStaff && !gate.Addresses.Allow(address) ? IdentityErrors.AddressNotAllowed : null;
    }

    private async Task<FrozenDictionary<Guid, Gate>> ReadAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        var found = await db
            .Organizations.OfEveryOrganization()
            .Where(row => row.SuspendedAt != null || row.AllowedAddresses.Count > 0)
            .Select(row => new
            {
                row.Id,
                IsSuspended = row.SuspendedAt != null,
                row.AllowedAddresses,
                // It is suspended with its organisation; also one that was made at the last moment.
                SandboxId = db
                    .Organizations.Where(sandbox => sandbox.SandboxOf == row.Id)
                    .Select(sandbox => (Guid?)sandbox.Id)
                    .SingleOrDefault(),
            })
            .ToListAsync();
        return found
            .SelectMany(row =>
                new Guid?[] { row.Id, row.SandboxId }
                    .OfType<Guid>()
                    .Select(id => KeyValuePair.Create(id, new Gate(row.IsSuspended, AddressRanges.Read(row.AllowedAddresses))))
            )
            .ToFrozenDictionary();
    }

    private sealed record Gate(bool IsSuspended, IPNetwork[] Addresses);
}
