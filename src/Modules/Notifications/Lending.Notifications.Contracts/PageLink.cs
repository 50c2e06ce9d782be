namespace Lending.Notifications.Contracts;

/// <summary>The link to a customer's pages.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="Token">Its secret.</param>
public sealed record PageLink(Guid LinkId, string Token);
