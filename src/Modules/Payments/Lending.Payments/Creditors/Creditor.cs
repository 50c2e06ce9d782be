using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Creditors;

/// <summary>The organisation as its bank and its customers' banks know it, and the account on which it collects. There is one of an organisation.</summary>
internal sealed class Creditor : ITenantOwned
{
    public const int MaximumIdentifierLength = 35;

    /// <summary>Of a debit customers are told so many days before, where nothing else was agreed; no debit is handed in earlier.</summary>
    public const int UsualNoticeDays = TargetCalendar.MaximumDaysAhead;

    private Creditor() { }

    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    [NotPersonal]
    public string Name { get; private set; } = "";

    /// <summary>The creditor identifier.</summary>
    [NotPersonal]
    public string Identifier { get; private set; } = "";

    [Personal]
    public Encrypted Iban { get; private set; } = "";

    [NotPersonal]
    public string? Bic { get; private set; }

    [NotPersonal]
    public string? Street { get; private set; }

    [NotPersonal]
    public string? BuildingNumber { get; private set; }

    [NotPersonal]
    public string? PostCode { get; private set; }

    [NotPersonal]
    public string Town { get; private set; } = "";

    [NotPersonal]
    public string Country { get; private set; } = "";

    /// <summary>How many days before a debit customers are told of it.</summary>
    public int NoticeDays { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public static Creditor Create(DateTimeOffset now, Guid? id = null) => new() { Id = id ?? Guid.CreateVersion7(now) };

    public void Change(PutCreditor.Request request, DateTimeOffset now)
    {
        Name = request.Name.Trim();
        Identifier = CreditorIdentifier.Normalize(request.Identifier)!;
        Iban = Sepa.Iban.Parse(request.Iban).Value;
        Bic = request.Bic;
        Street = request.Street;
        BuildingNumber = request.BuildingNumber;
        PostCode = request.PostCode;
        Town = request.Town;
        Country = request.Country;
        NoticeDays = request.NoticeDays ?? UsualNoticeDays;
        UpdatedAt = now;
    }

    public PaymentParty ToParty() =>
        new(Name, Sepa.Iban.Parse(Iban.Text), Bic, new StructuredAddress(Street, BuildingNumber, PostCode, Town, Country));
}
