using System.Collections.Concurrent;
using Lending.Identity.Contracts;

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

    public Task<IReadOnlyList<Administrator>> ListAdministratorsAsync(CancellationToken ct) =>
        throw new NotSupportedException("Nothing in this module tells administrators.");

    public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) =>
        throw new NotSupportedException("Nothing in this module writes to staff.");
}
