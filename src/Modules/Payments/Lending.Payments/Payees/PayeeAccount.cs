using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Payees;

/// <summary>Whether money may go to an account.</summary>
internal enum PayeeAccountStatus
{
    /// <summary>Nobody but who recorded it has looked at it.</summary>
    Unverified,

    /// <summary>A second person has found out that it is the payee's.</summary>
    Verified,

    /// <summary>Nothing goes to it any more.</summary>
    Retired,
}

/// <summary>How it was found out whose account it is.</summary>
internal enum VerificationMethod
{
    /// <summary>The payee's bank said that name and account belong together (Verification of Payee).</summary>
    BankAnswer,

    /// <summary>A document of the bank shows it.</summary>
    Document,
}

/// <summary>An account to which money goes: an installer's, or a customer's. It is never changed: who gets another one gets another row, and another look.</summary>
internal sealed class PayeeAccount : ITenantOwned, IListed
{
    private PayeeAccount() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>Whose account it is, where it is a customer's; null for installers.</summary>
    public Guid? CustomerId { get; private init; }

    /// <summary>Whose account it is, where it is of one installer alone: of a user. Null for customers, and where all installers of the organisation may be paid to it.</summary>
    public Guid? InstallerId { get; private init; }

    [Personal]
    public string HolderName { get; private init; } = "";

    [Personal]
    public Encrypted Iban { get; private init; } = "";

    [NotPersonal]
    public string? Bic { get; private init; }

    [Personal]
    public string? Street { get; private init; }

    [Personal]
    public string? BuildingNumber { get; private init; }

    [Personal]
    public string? PostCode { get; private init; }

    [Personal]
    public string Town { get; private init; } = "";

    [NotPersonal]
    public string Country { get; private init; } = "";

    public PayeeAccountStatus Status { get; private set; }

    public VerificationMethod? Method { get; private set; }

    /// <summary>Who has verified it; nobody yet.</summary>
    public UserReference VerifiedBy { get; private set; } = UserReference.Nobody;

    public DateTimeOffset? VerifiedAt { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public static PayeeAccount Create(CreatePayeeAccount.Request request, UserReference by, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = request.CustomerId,
            InstallerId = request.InstallerId,
            HolderName = request.HolderName.Trim(),
            Iban = Sepa.Iban.Parse(request.Iban).Value,
            Bic = request.Bic,
            Street = request.Street,
            BuildingNumber = request.BuildingNumber,
            PostCode = request.PostCode,
            Town = request.Town,
            Country = request.Country,
            CreatedBy = by,
            CreatedAt = now,
        };

    public Error? Verify(VerificationMethod method, UserReference by, DateTimeOffset now)
    {
        if (Status != PayeeAccountStatus.Unverified)
        {
            return PayeeErrors.Decided;
        }
        if (by.Id == CreatedBy.Id)
        {
            return PayeeErrors.SecondPersonRequired;
        }
        (Status, Method, VerifiedBy, VerifiedAt) = (PayeeAccountStatus.Verified, method, by, now);
        return null;
    }

    public Error? Retire()
    {
        if (Status == PayeeAccountStatus.Retired)
        {
            return PayeeErrors.Retired;
        }
        Status = PayeeAccountStatus.Retired;
        return null;
    }

    public PaymentParty ToParty() =>
        new(HolderName, Sepa.Iban.Parse(Iban.Text), Bic, new StructuredAddress(Street, BuildingNumber, PostCode, Town, Country));
}

/// <summary>The ways in which requests about accounts of payees can fail.</summary>
internal static class PayeeErrors
{
    public static readonly Error NoSuchCustomer = Error.Validation("no-such-customer", "There is no such customer.", "customerId");

    public static readonly Error Decided = Error.Conflict("payee-account-decided", "The account was verified or retired already.");

    public static readonly Error Retired = Error.Conflict("payee-account-retired", "The account was retired already.");

    public static readonly Error SecondPersonRequired = Error.Forbidden(
        "second-person-required",
        "Who recorded the account does not verify it: somebody else has to."
    );
}
