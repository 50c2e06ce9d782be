using Lending.Identity.Data;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using AspNetIdentity = Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>
/// The users as ASP.NET Core Identity's UserManager sees them: of every organisation, because user names are unique across all. Passkeys are only read
/// through it; slices write them.
/// </summary>
internal sealed class UserStore(IdentityDbContext db) : AspNetIdentity.UserOnlyStore<User, IdentityDbContext, Guid>(db)
{
    public override IQueryable<User> Users => Context.Users.OfEveryOrganization();

    // As it is, it would find users of the caller's organisation only, and a login with a passkey has none yet.
    public override Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        Guid.TryParse(userId, out var id)
            ? Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken)
            : Task.FromResult<User?>(null);

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        [.. (await PasskeysOf(user).ToListAsync(cancellationToken)).Select(passkey => passkey.ToInfo())];

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await PasskeysOf(user).SingleOrDefaultAsync(passkey => passkey.CredentialId == credentialId, cancellationToken))?.ToInfo();

    public override Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Users.SingleOrDefaultAsync(
            user => Context.Passkeys.Any(passkey => passkey.UserId == user.Id && passkey.CredentialId == credentialId),
            cancellationToken
        );

    private IQueryable<Passkey> PasskeysOf(User user) => Context.Passkeys.AsNoTracking().Where(passkey => passkey.UserId == user.Id);
}
