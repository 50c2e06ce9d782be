using Lending.Platform.Security;

namespace Lending.Notifications.Preferences;

/// <summary>Whom messages go to: a customer, or a user who is none.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="UserId">The user.</param>
internal sealed record Person(Guid? CustomerId, Guid? UserId)
{
    /// <summary>Who calls. A customer is one with an account and without.</summary>
    public static Person Of(Caller caller) =>
        caller.CustomerScope is { } customerId && customerId != Guid.Empty ? new(customerId, null) : new(null, caller.UserId);
}
