using Lending.Notifications.Contracts;

namespace Lending.Identity.Users;

/// <summary>Writes to users. What goes to a customer's account goes to the customer, so that it is found and deleted with them; all else goes to the user.</summary>
internal sealed class AccountMail(AccountTokens tokens, INotifications notifications)
{
    /// <summary>Queues a message of the caller's organisation in the present transaction.</summary>
    public Task SendAsync(User user, Message message, CancellationToken ct) =>
        notifications.SendAsync(message with { CustomerId = user.CustomerId, UserId = user.CustomerId is null ? user.Id : null }, ct);

    /// <summary>Queues a message with a new secret; an earlier one of this purpose stops working.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> SendSecretAsync(
        User user,
        AccountTokenPurpose purpose,
        Func<string, DateTimeOffset, Message> write,
        CancellationToken ct,
        string? newEmail = null
    )
    {
        var (token, expiresAt) = await tokens.IssueAsync(user, purpose, ct, newEmail);
        await SendAsync(user, write(token, expiresAt), ct);
        return (token, expiresAt);
    }

    /// <summary>Asks who signed up to show that the e-mail is theirs.</summary>
    public Task AskToConfirmEmailAsync(User user, CancellationToken ct) =>
        SendSecretAsync(
            user,
            AccountTokenPurpose.EmailConfirmation,
            (token, expiresAt) => Message.EmailConfirmation(user.Email!, token, expiresAt),
            ct
        );
}
