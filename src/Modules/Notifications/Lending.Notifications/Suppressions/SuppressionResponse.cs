using Mapster;

namespace Lending.Notifications.Suppressions;

/// <summary>An address that gets no mail of the organisation any more, as one came back for good.</summary>
internal sealed record SuppressionResponse
{
    /// <summary>By what it is lifted.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid Id { get; init; }

    /// <summary>The message that came back: `GET /notifications` tells its address for as long as it is kept.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid NotificationId { get; init; }

    /// <summary>The customer to whom it went, if it is one.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid? CustomerId { get; init; }

    /// <summary>Why it came back, as mail servers say it (RFC 3463): `5.1.1` is an unknown mailbox.</summary>
    /// <example>5.1.1</example>
    public required string Status { get; init; }

    /// <summary>Since when.</summary>
    /// <example>2026-11-02T09:31:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<Suppression, SuppressionResponse>();
    }
}
