using Lending.Kernel;

namespace Lending.Applications.Risk;

/// <summary>The application that is scored.</summary>
internal sealed record RiskSubject
{
    public required Guid ApplicationId { get; init; }

    /// <summary>Who applies; the first is the customer whose application it is.</summary>
    public required IReadOnlyList<Guid> CustomerIds { get; init; }

    /// <summary>Who started it.</summary>
    public required UserReference StartedBy { get; init; }

    /// <summary>The logins of people of the organisation who filled in a part of it.</summary>
    public required IReadOnlyCollection<string> StaffLogins { get; init; }

    /// <summary>What the page told of its form.</summary>
    public required ObservedForm? Form { get; init; }

    /// <summary>The request that submits it, where it is a customer's own.</summary>
    public required ObservedRequest? Request { get; init; }
}
