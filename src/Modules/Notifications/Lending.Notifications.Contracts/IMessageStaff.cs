namespace Lending.Notifications.Contracts;

/// <summary>Who is told what concerns a whole organisation: the module that knows its staff answers.</summary>
public interface IMessageStaff
{
    /// <summary>The active administrators of the caller's organisation, read in the caller's transaction.</summary>
    Task<IReadOnlyList<MessageAdministrator>> ListAdministratorsAsync(CancellationToken ct);
}

/// <summary>One who administers an organisation.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Username">The user name.</param>
/// <param name="Email">Where mails reach them.</param>
public sealed record MessageAdministrator(Guid UserId, string Username, string Email);
