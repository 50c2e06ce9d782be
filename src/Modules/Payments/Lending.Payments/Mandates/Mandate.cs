using Lending.Kernel;
using Lending.Payments.References;
using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Mandates;

/// <summary>Whether a mandate may be used.</summary>
internal enum MandateStatus
{
    /// <summary>It may.</summary>
    Active,

    /// <summary>Something failed: it is not used any more, until the customer has signed another one.</summary>
    Suspended,

    /// <summary>The customer took it back.</summary>
    Revoked,
}

/// <summary>How a mandate was signed.</summary>
internal enum SignatureKind
{
    /// <summary>By hand, on paper.</summary>
    Paper,

    /// <summary>On a screen.</summary>
    Electronic,
}

/// <summary>A customer's permission to collect the instalments of a loan from an account.</summary>
internal sealed class Mandate : ITenantOwned, IListed
{
    public const int MaximumReferenceLength = 35;
    public const int MaximumHolderLength = SepaText.MaximumName;
    public const int HashLength = 64;
    public const int MaximumReasonLength = 35;

    /// <summary>A mandate that was not used for so long is dead.</summary>
    public const int LifeMonths = 36;

    private Mandate() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    public Guid CustomerId { get; private init; }

    [NotPersonal]
    public string Reference { get; private init; } = "";

    /// <summary>The creditor identifier under which it was given.</summary>
    [NotPersonal]
    public string CreditorIdentifier { get; private init; } = "";

    /// <summary>Whose account it is.</summary>
    [Personal]
    public string HolderName { get; private init; } = "";

    [Personal]
    public Encrypted Iban { get; private init; } = "";

    [NotPersonal]
    public string? Bic { get; private init; }

    [NotPersonal]
    public DateOnly SignedOn { get; private init; }

    public SignatureKind Signature { get; private init; }

    /// <summary>The SHA-256 of the signed document: what shows that it was signed.</summary>
    [NotPersonal]
    public string EvidenceHash { get; private init; } = "";

    public MandateStatus Status { get; private set; }

    /// <summary>Why it is suspended: the bank's reason.</summary>
    [NotPersonal]
    public string? SuspendedBecause { get; private set; }

    /// <summary>The day of the last debit.</summary>
    [NotPersonal]
    public DateOnly? LastCollectedOn { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>The last day on which it may be used, if it is not used before.</summary>
    public DateOnly UsableUntil => (LastCollectedOn ?? SignedOn).AddMonths(LifeMonths);

    public static Mandate Create(
        CreateMandate.Request request,
        PayableLoan loan,
        string creditorIdentifier,
        UserReference by,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            LoanAccountId = loan.Id,
            CustomerId = loan.CustomerId,
            Reference = request.Reference ?? OwnCode.New("MD"),
            CreditorIdentifier = creditorIdentifier,
            HolderName = request.HolderName.Trim(),
            Iban = Sepa.Iban.Parse(request.Iban).Value,
            Bic = request.Bic,
            SignedOn = request.SignedOn!.Value,
            Signature = request.Signature!.Value,
            EvidenceHash = request.EvidenceHash,
            CreatedBy = by,
            CreatedAt = now,
        };

    /// <summary>Whether a debit may be collected by it on the day.</summary>
    public bool IsUsableOn(DateOnly day) => Status == MandateStatus.Active && SignedOn <= day && day <= UsableUntil;

    /// <summary>Remembers that a debit is collected by it on the day.</summary>
    public void Use(DateOnly day) => LastCollectedOn = LastCollectedOn is { } last && last > day ? last : day;

    /// <summary>Takes it out of use for the bank's reason.</summary>
    public void Suspend(string? reasonCode)
    {
        if (Status == MandateStatus.Active)
        {
            Status = MandateStatus.Suspended;
            SuspendedBecause = reasonCode ?? "NARR";
        }
    }

    public Error? Revoke(DateTimeOffset now)
    {
        if (Status == MandateStatus.Revoked)
        {
            return PaymentsErrors.MandateRevoked;
        }
        Status = MandateStatus.Revoked;
        RevokedAt = now;
        return null;
    }

    public PaymentParty ToParty() => new(HolderName, Sepa.Iban.Parse(Iban.Text), Bic);
}
