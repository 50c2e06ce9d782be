using Lending.Identity.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Changes the user name at once, and the e-mail when its owner has confirmed it.</summary>
internal sealed class ProfileChange(IdentityDbContext db, AccountMail mail, Transactions transactions, TimeProvider clock)
{
    /// <summary>Stores what the request changes. Nothing of the answer tells whether somebody else has the new e-mail: then nothing is mailed.</summary>
    public async Task ApplyAsync(User user, ProfileRequest request, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        // Addresses that differ only in case are the same.
        var isSameEmail = User.Normalize(request.Email) == user.NormalizedEmail;
        user.Rename(request.Username, isSameEmail ? request.Email : user.Email!, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        if (!isSameEmail)
        {
            await AskForConfirmationAsync(user, request.Email, ct);
        }
        await transaction.CommitAsync(ct);
    }

    private async Task AskForConfirmationAsync(User user, string newEmail, CancellationToken ct)
    {
        var normalized = User.Normalize(newEmail);
        if (await db.Users.AnyAsync(other => other.NormalizedEmail == normalized && other.Id != user.Id, ct))
        {
            return;
        }
        await mail.SendSecretAsync(
            user,
            AccountTokenPurpose.EmailChange,
            (token, expiresAt) => Message.EmailChange(newEmail, user.UserName!, token, expiresAt),
            ct,
            newEmail
        );
    }
}
