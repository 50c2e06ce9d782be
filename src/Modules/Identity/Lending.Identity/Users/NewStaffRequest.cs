using FastEndpoints;

namespace Lending.Identity.Users;

/// <summary>The account of an installer or underwriter, to be made.</summary>
internal sealed record NewStaffRequest
{
    /// <summary>The login name: 3 to 50 letters a to z, digits, dots, hyphens and underscores. Unique, whatever the case.</summary>
    /// <example>erika.installer</example>
    public string Username { get; init; } = "";

    /// <summary>The e-mail; one can log in with it too.</summary>
    /// <example>erika@example.org</example>
    public string Email { get; init; } = "";

    /// <summary>12 to 128 characters; not common, not digits alone, not like the user name or e-mail.</summary>
    /// <example>violet-harbour-47-kites</example>
    public string Password { get; init; } = "";

    /// <summary>The password again.</summary>
    /// <example>violet-harbour-47-kites</example>
    public string PasswordConfirm { get; init; } = "";

    /// <summary>Another organisation, for the platform's administrators; everybody else leaves it out.</summary>
    /// <example>01900000-0000-7000-8000-000000000001</example>
    public Guid? OrganizationId { get; init; }

    internal sealed class Validator : Validator<NewStaffRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Username();
            RuleFor(request => request.Email).Email();
            this.NewPassword(
                request => request.Password,
                request => request.PasswordConfirm,
                request => request.Username,
                request => request.Email
            );
        }
    }
}
