using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Authentication;

/// <summary>A hash that no password fits, checked where there is no account, so that the answer takes as long as for a wrong password.</summary>
internal sealed class DecoyHash(IOptions<PasswordHasherOptions> options)
{
    // Hashing is slow on purpose, so the start does not wait for it.
    private readonly Lazy<string> hash = new(() => new PasswordHasher<User>(options).HashPassword(null!, Secret.New()));

    public string Value => hash.Value;
}
