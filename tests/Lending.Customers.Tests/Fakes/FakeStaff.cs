using System.Collections.Concurrent;
using Lending.Identity.Contracts;
using Lending.Kernel;

namespace Lending.Customers.Tests.Fakes;

/// <summary>Everybody who was hired works for every organisation.</summary>
internal sealed class FakeStaff : IStaffDirectory
{
    private readonly ConcurrentDictionary<Guid, bool> hired = new();

    public Guid Hire()
    {
        var id = Lending.Testing.Unique.Id();
        hired[id] = true;
        return id;
    }

    public Task<bool> IsActiveAsync(Guid userId, CancellationToken ct) => Task.FromResult(hired.ContainsKey(userId));

    public Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct) =>
        throw new NotSupportedException("Nothing in this module tells all of them.");

    public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) =>
        throw new NotSupportedException("Nothing in this module writes to staff.");
}
