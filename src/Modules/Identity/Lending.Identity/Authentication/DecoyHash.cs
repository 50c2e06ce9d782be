using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Authentication;

/// <summary>A hash that no password fits, checked where there is no account, so that the answer takes as long as for a wrong password.</summary>
internal sealed class DecoyHash(IOptions<PasswordHasherOptions> options)
{
    public string Value { get; } = new PasswordHasher<User>(options).HashPassword(null!, Secret.New());
}
