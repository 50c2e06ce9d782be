using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Platform.Audit;

/// <summary>
/// Who did what to what, when and from where. <see cref="ModuleDbContext"/> writes entries in the transaction of what they tell of; the table is the
/// Audit module's, which seals them.
/// </summary>
public sealed class AuditEntry : ITenantOwned, IAppendOnly
{
    /// <summary>The schema of the table.</summary>
    public const string Schema = "audit";

    /// <summary>The table.</summary>
    public const string Table = "entries";

    /// <summary>The longest name of an operation or of a type, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>The longest address, in characters: an IPv6 one.</summary>
    public const int MaximumAddressLength = 45;

    /// <summary>The longest id of a request, in characters.</summary>
    public const int MaximumRequestIdLength = 40;

    /// <summary>The entry's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose rows it tells of; empty where that is nobody's, such as a failed login of an unknown user.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What was done: one of <see cref="AuditAction"/>.</summary>
    [NotPersonal]
    public string Action { get; init; } = "";

    /// <summary>The use case that did it, such as <c>approveOffer</c>; null for what no request asked for.</summary>
    [NotPersonal]
    public string? Operation { get; init; }

    /// <summary>To what sort of thing, such as <c>LoanOffer</c>.</summary>
    [NotPersonal]
    public string EntityType { get; init; } = "";

    /// <summary>To which of them; null where it was none or several.</summary>
    public Guid? EntityId { get; init; }

    /// <summary>The customer whom it concerns.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The customers, or else the things, that a list has shown.</summary>
    [NotPersonal]
    public Guid[]? ShownIds { get; init; }

    /// <summary>Who did it, or made the API key that did; null for nobody who is known, and for the system itself.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The API key that was used.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The session that was used.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>From where the request came.</summary>
    [Personal]
    public string? Address { get; init; }

    /// <summary>The id of the request, as the log has it.</summary>
    [NotPersonal]
    public string? RequestId { get; init; }

    /// <summary>
    /// Each column that changed, as JSON: <c>{"status": ["PENDING", "APPROVED"]}</c>, before and after. What is secret, personal or of unknown sort is
    /// masked.
    /// </summary>
    [NotPersonal]
    public string? Changes { get; init; }
}
