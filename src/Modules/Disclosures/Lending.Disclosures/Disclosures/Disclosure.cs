using System.Security.Cryptography;
using Lending.Disclosures.Form;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Disclosures.Disclosures;

/// <summary>That a customer was given the form of a version of an offer: the form, when, and on which medium. Never changed.</summary>
internal sealed class Disclosure : ITenantOwned, IListed
{
    private Disclosure() { }

    public Disclosure(OfferedCredit credit, PreContractualForm form, DisclosureMedium medium, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        OfferId = credit.OfferId;
        CustomerId = credit.CustomerId;
        OfferVersion = credit.Version;
        OfferHash = Convert.FromHexString(credit.DocumentHash);
        var json = form.ToJson();
        Content = json;
        ContentFormatVersion = PreContractualForm.FormatVersion;
        FormHash = PreContractualForm.Hash(json);
        Language = form.Language;
        Medium = medium;
        IssuedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid OfferId { get; private init; }

    public Guid CustomerId { get; private init; }

    public int OfferVersion { get; private init; }

    /// <summary>The document hash of that version: another one is another offer.</summary>
    [NotPersonal]
    public byte[] OfferHash { get; private init; } = null!;

    /// <summary>The JSON of the <see cref="PreContractualForm"/>, as it was hashed.</summary>
    [Personal]
    public Encrypted Content { get; private init; } = null!;

    /// <summary>Which format the JSON has; see <see cref="PreContractualForm.FormatVersion"/>.</summary>
    public int ContentFormatVersion { get; private init; }

    [NotPersonal]
    public byte[] FormHash { get; private init; } = null!;

    [NotPersonal]
    public string Language { get; private init; } = null!;

    public DisclosureMedium Medium { get; private init; }

    public UserReference IssuedBy { get; private init; } = null!;

    /// <summary>When it was given.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The hash of the form in lower-case hexadecimal digits, as it is shown.</summary>
    public string FormHashText => Convert.ToHexStringLower(FormHash);

    /// <summary>What was given. One that is not what was hashed is not shown.</summary>
    public PreContractualForm ReadForm() =>
        CryptographicOperations.FixedTimeEquals(PreContractualForm.Hash(Content.Text), FormHash)
            ? PreContractualForm.Parse(Content.Text, ContentFormatVersion)
            : throw new InvalidOperationException($"The form of disclosure {Id} is not the one that was given.");
}

/// <summary>How a form is given.</summary>
internal enum DisclosureMedium
{
    /// <summary>As a file that goes with a mail.</summary>
    Email,

    /// <summary>On the customer's pages, to which a mail leads, and in their account.</summary>
    Link,

    /// <summary>On paper, handed over by who says so.</summary>
    Paper,
}
