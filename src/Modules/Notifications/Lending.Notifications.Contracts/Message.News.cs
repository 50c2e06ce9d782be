namespace Lending.Notifications.Contracts;

/// <content>What people wait for.</content>
public sealed partial record Message
{
    /// <summary>Tells a customer what became of an offer.</summary>
    /// <param name="kind">What became of it.</param>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="offerId">The offer.</param>
    public static Message OfOffer(MessageKind kind, string recipient, Guid customerId, string name, Guid offerId) =>
        new(kind, recipient, Named(("name", name), ("offerId", offerId.ToString()))) { CustomerId = customerId };

    /// <summary>Tells one of the staff what became of an offer that they made.</summary>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="userId">The user.</param>
    /// <param name="customer">What the customer is called.</param>
    /// <param name="offerId">The offer.</param>
    /// <param name="status">What the offer is now, as the API writes it: <c>ACCEPTED</c>.</param>
    public static Message OfferNews(string recipient, Guid userId, string customer, Guid offerId, string status) =>
        new(MessageKind.OfferNews, recipient, Named(("customer", customer), ("offerId", offerId.ToString()), ("status", status)))
        {
            UserId = userId,
        };

    /// <summary>Tells one of the staff what became of an application that they started, or that somebody is to look at it.</summary>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="userId">The user.</param>
    /// <param name="customer">What the customer is called.</param>
    /// <param name="applicationId">The application.</param>
    /// <param name="status">What the application is now, as the API writes it: <c>REVIEW_REQUESTED</c>; or <c>CONDITIONS_MET</c>.</param>
    public static Message ApplicationNews(string recipient, Guid userId, string customer, Guid applicationId, string status) =>
        new(
            MessageKind.ApplicationNews,
            recipient,
            Named(("customer", customer), ("applicationId", applicationId.ToString()), ("status", status))
        )
        {
            UserId = userId,
        };

    /// <summary>Tells an applicant how far an application has come.</summary>
    /// <param name="kind">How far.</param>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="customerId">The applicant.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="applicationId">The application.</param>
    public static Message OfApplication(MessageKind kind, string recipient, Guid customerId, string name, Guid applicationId) =>
        new(kind, recipient, Named(("name", name), ("applicationId", applicationId.ToString()))) { CustomerId = customerId };

    /// <summary>Tells an applicant what is to be brought before the application is approved.</summary>
    public static Message ApplicationConditional(
        string recipient,
        Guid customerId,
        string name,
        Guid applicationId,
        IEnumerable<string> conditions
    ) =>
        new(
            MessageKind.ApplicationConditional,
            recipient,
            Named(("name", name), ("applicationId", applicationId.ToString()), ("conditions", string.Join("; ", conditions)))
        )
        {
            CustomerId = customerId,
        };

    /// <summary>Tells a customer that a document counts.</summary>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="file">What the file was called.</param>
    public static Message DocumentApproved(string recipient, Guid customerId, string name, string file) =>
        new(MessageKind.DocumentApproved, recipient, Named(("name", name), ("file", file))) { CustomerId = customerId };

    /// <summary>Tells a customer that a document does not count, and whether to send it again.</summary>
    /// <param name="kind"><see cref="MessageKind.DocumentRevision"/> or <see cref="MessageKind.DocumentRejected"/>.</param>
    /// <param name="recipient">The e-mail address.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="file">What the file was called.</param>
    /// <param name="reason">Why, as the API writes it: <c>ILLEGIBLE</c>.</param>
    /// <param name="comment">What else is to be said; null for nothing.</param>
    /// <param name="page">The link to their pages, where another one is sent; null where none is wanted.</param>
    public static Message DocumentRefused(
        MessageKind kind,
        string recipient,
        Guid customerId,
        string name,
        string file,
        string reason,
        string? comment,
        PageLink? page
    ) =>
        new(
            kind,
            recipient,
            Named([
                ("name", name),
                ("file", file),
                ("reason", reason),
                ("comment", comment ?? ""),
                .. page is null ? [] : new[] { ("linkId", page.LinkId.ToString()), ("token", page.Token) },
            ])
        )
        {
            CustomerId = customerId,
        };
}
