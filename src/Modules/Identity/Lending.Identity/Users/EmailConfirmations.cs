using Lending.Identity.Data;
using Lending.Notifications.Contracts;

namespace Lending.Identity.Users;

/// <summary>Asks people who signed up to show that the e-mail is theirs.</summary>
internal sealed class EmailConfirmations(IdentityDbContext db, AccountTokens tokens, AccountMail mail)
{
    /// <summary>Mails the link, in the present transaction. An earlier one stops working.</summary>
    public async Task AskAsync(User user, CancellationToken ct)
    {
        var (token, expiresAt) = await tokens.IssueAsync(user, AccountTokenPurpose.EmailConfirmation, ct);
        await db.SaveChangesAsync(ct);
        await mail.SendAsync(user, from => Message.EmailConfirmation(user.Email!, from, token, expiresAt), ct);
    }
}
