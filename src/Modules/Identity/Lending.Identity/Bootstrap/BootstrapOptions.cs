using System.ComponentModel.DataAnnotations;
using Lending.Identity.Users;

namespace Lending.Identity.Bootstrap;

/// <summary>The first administrator; configuration section <c>Bootstrap</c>. Needed until there is one.</summary>
internal sealed class BootstrapOptions : IValidatableObject
{
    public const string Section = "Bootstrap";

    public string AdminUserName { get; set; } = "admin";

    public string AdminEmail { get; set; } = "admin@example.org";

    /// <summary>Empty in Development: one is generated and printed.</summary>
    public string? AdminPassword { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!AccountLimits.IsUsername(AdminUserName))
        {
            yield return new($"{Section}__{nameof(AdminUserName)} is refused. {AccountLimits.UsernameRule}");
        }
        if (!AccountLimits.IsEmail(AdminEmail))
        {
            yield return new($"{Section}__{nameof(AdminEmail)} must be an e-mail address.");
        }
        if (!string.IsNullOrEmpty(AdminPassword))
        {
            foreach (var error in PasswordRules.Check(AdminPassword, AdminUserName, AdminEmail))
            {
                yield return new($"{Section}__{nameof(AdminPassword)} is refused. {error.Message}");
            }
        }
    }
}
