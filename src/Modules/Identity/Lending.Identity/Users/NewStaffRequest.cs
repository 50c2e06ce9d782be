using FastEndpoints;

namespace Lending.Identity.Users;

/// <summary>Somebody who is invited to work with Lending.</summary>
internal sealed record NewStaffRequest
{
    /// <summary>The login name: 3 to 50 letters a to z, digits, dots, hyphens and underscores. Unique, whatever the case.</summary>
    /// <example>erika.installer</example>
    public string Username { get; init; } = "";

    /// <summary>The e-mail, to which the invitation goes; one can log in with it too.</summary>
    /// <example>erika@example.org</example>
    public string Email { get; init; } = "";

    /// <summary>Another organisation, for the platform's administrators; everybody else leaves it out.</summary>
    /// <example>01900000-0000-7000-8000-000000000001</example>
    public Guid? OrganizationId { get; init; }

    internal sealed class Validator : Validator<NewStaffRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Username();
            RuleFor(request => request.Email).Email();
        }
    }
}
