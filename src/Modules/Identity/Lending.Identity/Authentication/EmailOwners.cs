using System.Linq.Expressions;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Writes to whoever has accounts with an e-mail, without showing whether there are any.</summary>
internal sealed class EmailOwners(IdentityDbContext db, Transactions transactions, Caller caller, EvenTime evenTime)
{
    /// <summary>Sends each active owner a mail; it takes the same time whether there is one.</summary>
    public Task TellAsync(EmailRequest request, Expression<Func<User, bool>> concerned, Func<User, Task> sendAsync, CancellationToken ct) =>
        evenTime.SpendAsync(() => SendAsync(User.Normalize(request.Email), concerned, sendAsync, ct), ct);

    private async Task SendAsync(
        string normalizedEmail,
        Expression<Func<User, bool>> concerned,
        Func<User, Task> sendAsync,
        CancellationToken ct
    )
    {
        var owners = await db
            .Users.OfEveryOrganization()
            .Where(user => user.NormalizedEmail == normalizedEmail && user.Active)
            .Where(concerned)
            .OrderBy(user => user.CreatedAt)
            .Take(AccountLimits.MostAccountsOfAnEmail)
            .AsNoTracking()
            .ToListAsync(ct);
        foreach (var owner in owners)
        {
            // Anybody can type an e-mail.
            caller.ActFor(owner.OrganizationId, UserReference.Nobody);
            await using var transaction = await transactions.BeginAsync(ct);
            await sendAsync(owner);
            await transaction.CommitAsync(ct);
        }
    }
}

/// <summary>Whom a mail shall go to.</summary>
internal sealed class EmailRequest
{
    /// <summary>The e-mail of the account.</summary>
    /// <example>max@example.org</example>
    public string Email { get; init; } = "";

    internal sealed class Validator : Validator<EmailRequest>
    {
        public Validator() => RuleFor(request => request.Email).Email();
    }
}
