using System.Globalization;

namespace Lending.Notifications.Contracts;

/// <summary>A message to one person. The static methods make one of each kind, with the values that its template needs.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Recipient">The e-mail address that it goes to.</param>
/// <param name="Values">What its template fills in. Secrets stand here only: values are erased as soon as the message was sent or given up.</param>
public sealed partial record Message(MessageKind Kind, string Recipient, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The languages that every kind of message is written in; who speaks another gets the first.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "de"];

    private static readonly string[] Abouts = ["offerId", "applicationId", "disclosureId"];

    /// <summary>The customer to whom it goes, if it is one.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The user to whom it goes, if it is one of the staff.</summary>
    public Guid? UserId { get; init; }

    /// <summary>What it is about, an offer, an application, a form or another message: where nothing else is said, what its values name first.</summary>
    public Guid? AboutId
    {
        get =>
            field
            ?? (
                Abouts.Select(name => Values.GetValueOrDefault(name)).FirstOrDefault(id => id is not null) is { } about
                    ? Guid.Parse(about)
                    : null
            );
        init;
    }

    /// <summary>From then on it is useless and is not sent any more: when its secret stops working.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A file that goes with it. It is erased together with the values.</summary>
    public MessageFile? File { get; init; }

    /// <summary>Gives a customer the link to an offer that they can accept without an account.</summary>
    public static Message OfferLink(string recipient, Guid customerId, string name, Guid offerId, string token, DateTimeOffset expiresAt) =>
        new(MessageKind.OfferLink, recipient, Named(("name", name), ("offerId", offerId.ToString()), ("token", token)))
        {
            CustomerId = customerId,
            ExpiresAt = expiresAt,
        };

    /// <summary>Gives a customer the code with which they answer an offer, in the browser in which they asked for it.</summary>
    public static Message OfferCode(string recipient, Guid customerId, string name, string code, DateTimeOffset expiresAt) =>
        new(MessageKind.OfferCode, recipient, Named(("name", name), ("code", code))) { CustomerId = customerId, ExpiresAt = expiresAt };

    /// <summary>Gives a customer the code with which they open their pages, in the browser in which they asked for it.</summary>
    public static Message CustomerCode(string recipient, Guid customerId, string name, string code, DateTimeOffset expiresAt) =>
        new(MessageKind.CustomerCode, recipient, Named(("name", name), ("code", code))) { CustomerId = customerId, ExpiresAt = expiresAt };

    /// <summary>Tells a customer that their withdrawal from an offer has arrived, and when.</summary>
    public static Message WithdrawalReceipt(string recipient, Guid customerId, string name, Guid offerId, string arrivedAt) =>
        new(MessageKind.WithdrawalReceipt, recipient, Named(("name", name), ("offerId", offerId.ToString()), ("arrivedAt", arrivedAt)))
        {
            CustomerId = customerId,
        };

    /// <summary>Asks a customer for documents, and says where to send them.</summary>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="kind">What the documents are to show, as the API writes it: <c>PAYSLIP</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="note">What else is to be said; null for nothing.</param>
    /// <param name="page">The link to their pages.</param>
    public static Message DocumentsRequested(
        string recipient,
        Guid customerId,
        string name,
        string kind,
        int count,
        string? note,
        PageLink page
    ) =>
        new(
            MessageKind.DocumentsRequested,
            recipient,
            Named(
                ("name", name),
                ("kind", kind),
                ("count", count.ToString(CultureInfo.InvariantCulture)),
                ("note", note ?? ""),
                ("linkId", page.LinkId.ToString()),
                ("token", page.Token)
            )
        )
        {
            CustomerId = customerId,
        };

    /// <summary>A dunning letter, in the language that the customer is written to in.</summary>
    public static Message Dunning(
        string recipient,
        Guid customerId,
        string title,
        string salutation,
        string demand,
        string consequence,
        string help
    ) =>
        new(
            MessageKind.Dunning,
            recipient,
            Named(("title", title), ("salutation", salutation), ("demand", demand), ("consequence", consequence), ("help", help))
        )
        {
            CustomerId = customerId,
        };

    /// <summary>Gives a customer the pre-contractual information of an offer, as a file.</summary>
    public static Message PreContractualInformation(
        string recipient,
        Guid customerId,
        string name,
        Guid offerId,
        Guid disclosureId,
        MessageFile form
    ) =>
        new(MessageKind.PreContractualInformation, recipient, Named(("name", name), ("offerId", offerId.ToString())))
        {
            CustomerId = customerId,
            AboutId = disclosureId,
            File = form,
        };

    /// <summary>Tells a customer where the pre-contractual information of an offer is: on their pages.</summary>
    public static Message PreContractualInformationLink(string recipient, Guid customerId, string name, Guid disclosureId, PageLink page) =>
        new(
            MessageKind.PreContractualInformationLink,
            recipient,
            Named(("name", name), ("disclosureId", disclosureId.ToString()), ("linkId", page.LinkId.ToString()), ("token", page.Token))
        )
        {
            CustomerId = customerId,
        };

    /// <summary>Reminds a customer that they can still withdraw from the offer that they accepted, and gives them the link to do it.</summary>
    public static Message WithdrawalReminder(
        string recipient,
        Guid customerId,
        string name,
        Guid offerId,
        string token,
        DateTimeOffset withdrawalEndsAt
    ) =>
        new(MessageKind.WithdrawalReminder, recipient, Named(("name", name), ("offerId", offerId.ToString()), ("token", token)))
        {
            CustomerId = customerId,
            ExpiresAt = withdrawalEndsAt,
        };

    /// <summary>Tells an applicant that there is no loan: why, how it was decided, what a credit bureau answered, what the applicant can do, and where.</summary>
    public static Message ApplicationDeclined(
        string recipient,
        Guid customerId,
        string name,
        string reasons,
        string how,
        string bureau,
        string rights,
        string debtAdvice,
        PageLink page
    ) =>
        new(
            MessageKind.ApplicationDeclined,
            recipient,
            Named(
                ("name", name),
                ("reasons", reasons),
                ("how", how),
                ("bureau", bureau),
                ("rights", rights),
                ("debtAdvice", debtAdvice),
                ("linkId", page.LinkId.ToString()),
                ("token", page.Token)
            )
        )
        {
            CustomerId = customerId,
        };

    /// <summary>Tells a customer, before it happens, what will be collected from an account. Amount and day are in the language that they are written to in.</summary>
    public static Message DirectDebitNotice(
        string recipient,
        Guid customerId,
        string name,
        string amount,
        string day,
        string account,
        string mandate,
        string creditor
    ) =>
        new(
            MessageKind.DirectDebitNotice,
            recipient,
            Named(("name", name), ("amount", amount), ("day", day), ("account", account), ("mandate", mandate), ("creditor", creditor))
        )
        {
            CustomerId = customerId,
        };

    /// <summary>Gives a customer the receipt of their acceptance, as a file.</summary>
    public static Message AcceptanceReceipt(string recipient, Guid customerId, string name, Guid offerId, MessageFile receipt) =>
        new(MessageKind.AcceptanceReceipt, recipient, Named(("name", name), ("offerId", offerId.ToString())))
        {
            CustomerId = customerId,
            File = receipt,
        };

    private static Dictionary<string, string> Named(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            named.Add(name, value);
        }
        return named;
    }
}
