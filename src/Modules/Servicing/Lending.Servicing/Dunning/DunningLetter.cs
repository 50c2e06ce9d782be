using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Servicing.Dunning;

/// <summary>A dunning letter, kept as it was written. Never changed.</summary>
internal sealed class DunningLetter : ITenantOwned, IListed
{
    private DunningLetter() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    /// <summary>1 is the first one.</summary>
    public int Level { get; private init; }

    [NotPersonal]
    public DateOnly WrittenOn { get; private init; }

    [NotPersonal]
    public DateOnly PayBy { get; private init; }

    /// <summary>The due date of the latest instalment that it demands.</summary>
    [NotPersonal]
    public DateOnly LatestDueOn { get; private init; }

    public decimal Total { get; private init; }

    /// <summary>Whether it threatens to call the loan due.</summary>
    public bool IsNotice { get; private init; }

    /// <summary>Whether it was sent by mail, too.</summary>
    public bool IsMailed { get; private init; }

    /// <summary>The JSON of <see cref="LetterContent"/>, as it was hashed.</summary>
    [Personal]
    public Encrypted Content { get; private init; } = null!;

    [NotPersonal]
    public byte[] DocumentHash { get; private init; } = null!;

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public static DunningLetter Of(
        Guid id,
        LetterContent content,
        int level,
        bool isNotice,
        bool isMailed,
        DateOnly payBy,
        DateOnly latestDueOn,
        UserReference by,
        DateTimeOffset now
    )
    {
        var json = content.ToJson();
        return new()
        {
            Id = id,
            LoanAccountId = content.LoanAccountId,
            Level = level,
            WrittenOn = content.WrittenOn,
            PayBy = payBy,
            LatestDueOn = latestDueOn,
            Total = content.Total,
            IsNotice = isNotice,
            IsMailed = isMailed,
            Content = json,
            DocumentHash = LetterContent.Hash(json),
            CreatedBy = by,
            CreatedAt = now,
        };
    }
}
