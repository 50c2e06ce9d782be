using System.Text.Json;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Something that happened to a loan: recorded once, never changed. What was wrong is reversed by another event.</summary>
internal sealed class LoanEventRow : ITenantOwned, IAppendOnly
{
    private LoanEventRow() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    /// <summary>1, 2, … of the account: two who record at once cannot both have the same.</summary>
    public int Number { get; private init; }

    [NotPersonal]
    public string Type { get; private init; } = null!;

    [NotPersonal]
    public DateOnly EffectiveOn { get; private init; }

    /// <summary>The event that is reversed.</summary>
    public Guid? ReversesId { get; private init; }

    /// <summary>The JSON of the <see cref="EventDocument"/>.</summary>
    [NotPersonal]
    public string Document { get; private init; } = null!;

    public UserReference RecordedBy { get; private init; } = null!;

    public DateTimeOffset RecordedAt { get; private init; }

    public static LoanEventRow Of(Guid id, Guid loanAccountId, int number, EventDocument document, UserReference by, DateTimeOffset now) =>
        new()
        {
            Id = id,
            LoanAccountId = loanAccountId,
            Number = number,
            Type = document.Type,
            EffectiveOn = document.On,
            ReversesId = document.Type == EventDocument.Reversal ? Guid.Parse(document.Of!) : null,
            Document = JsonSerializer.Serialize(document, StoredJson.Options),
            RecordedBy = by,
            RecordedAt = now,
        };

    /// <summary>Whether another one is the same, sent again. A reversal counts for the day of its arrival, which is no part of what was sent.</summary>
    public bool Says(LoanEventRow other) => ReversesId is null ? Document == other.Document : ReversesId == other.ReversesId;

    public EventDocument ReadDocument() => JsonSerializer.Deserialize<EventDocument>(Document, StoredJson.Options)!;

    public LoanEvent ToEvent() => ReadDocument().ToEvent(Id, name => Guid.Parse(name!)) with { RecordedAt = RecordedAt };
}
