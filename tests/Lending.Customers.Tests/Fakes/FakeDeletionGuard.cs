using System.Collections.Concurrent;
using Lending.Customers.Contracts;
using Lending.Kernel;

namespace Lending.Customers.Tests.Fakes;

/// <summary>Stands for the Loans module: knows which customers have offers, and can be made to take its time.</summary>
internal sealed class FakeDeletionGuard : ICustomerDeletionGuard
{
    public static readonly Error HasOffers = Error.Conflict("customer-has-offers", "The customer has loan offers.");

    private readonly ConcurrentDictionary<Guid, bool> offers = new();
    private readonly ConcurrentDictionary<Guid, Gate> gates = new();

    public void AddOffer(Guid customerId) => offers[customerId] = true;

    /// <summary>Makes a deletion of this customer stop when it asks, until the gate is opened.</summary>
    public Gate StopAt(Guid customerId) => gates[customerId] = new Gate();

    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct)
    {
        if (gates.TryGetValue(customerId, out var gate))
        {
            gate.Reached.SetResult();
            await gate.Open.Task.WaitAsync(ct);
        }
        return offers.ContainsKey(customerId) ? HasOffers : null;
    }

    public Task<IReadOnlyCollection<Guid>> FindBoundAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyCollection<Guid>>([.. customerIds.Where(offers.ContainsKey)]);

    internal sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
