using Lending.Identity.Users;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Identity.Terms;

/// <summary>What a user accepted, in which language, and when. Acceptances of earlier versions stay.</summary>
internal sealed class TermsAcceptance : ITenantOwned, IListed
{
    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    public Guid UserId { get; private set; }

    public User User { get; private set; } = null!;

    public TermsKind Kind { get; private set; }

    public int Number { get; private set; }

    [NotPersonal]
    public string Language { get; private set; } = "";

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; private set; }
}
