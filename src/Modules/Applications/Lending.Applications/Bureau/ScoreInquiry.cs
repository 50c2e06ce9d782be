using Lending.Applications.Scoring;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.Bureau;

/// <summary>That a credit bureau was asked about a customer, and what it answered. Its id is the key with which it is asked again after a crash.</summary>
internal sealed class ScoreInquiry : ITenantOwned
{
    /// <summary>The only purpose today: a decision on a loan.</summary>
    public const string Credit = "CREDIT";

    /// <summary>A lender's interest in knowing whom it lends to.</summary>
    public const string LegitimateInterest = "GDPR_6_1_F";

    private const int BestClass = 1;
    private const int WorstClass = 5;
    private const int LongestReference = 100;

    private ScoreInquiry() { }

    public ScoreInquiry(Guid applicationId, Guid customerId, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        ApplicationId = applicationId;
        CustomerId = customerId;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid ApplicationId { get; private init; }

    /// <summary>Whom it is about.</summary>
    public Guid CustomerId { get; private init; }

    [NotPersonal]
    public string Purpose { get; private init; } = Credit;

    [NotPersonal]
    public string LegalBasis { get; private init; } = LegitimateInterest;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it was answered or given up; null until then.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public BureauOutcome? Outcome { get; private set; }

    public int? Class { get; private set; }

    public int? NegativeEntries { get; private set; }

    public DateTimeOffset? AsOf { get; private set; }

    [NotPersonal]
    public string? ProviderReference { get; private set; }

    /// <summary>What came, as it came.</summary>
    [Personal]
    public Encrypted? RawAnswer { get; private set; }

    /// <summary>What a decision needs of it.</summary>
    public BureauAnswer Answer => new(Outcome ?? BureauOutcome.Unavailable, Class);

    /// <summary>Keeps what was answered. What cannot be understood is no answer.</summary>
    public void Take(BureauReply? reply, DateTimeOffset now)
    {
        AnsweredAt = now;
        Outcome = reply?.Outcome switch
        {
            "HIT" when reply.Class is >= BestClass and <= WorstClass => BureauOutcome.Hit,
            "NONE" => BureauOutcome.None,
            "AMBIGUOUS" => BureauOutcome.Ambiguous,
            _ => BureauOutcome.Unavailable,
        };
        if (reply is null)
        {
            return;
        }
        Class = Outcome == BureauOutcome.Hit ? reply.Class : null;
        NegativeEntries = Outcome == BureauOutcome.Hit && reply.NegativeEntries >= 0 ? reply.NegativeEntries : null;
        AsOf = reply.AsOf?.ToStorable();
        ProviderReference = reply.Reference?.Length <= LongestReference ? reply.Reference : null;
        RawAnswer = reply.Raw;
    }
}
