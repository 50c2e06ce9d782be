using Lending.Kernel;

namespace Lending.Applications.CreditApplications;

/// <summary>The ways in which requests about applications can fail.</summary>
internal static class ApplicationErrors
{
    public static readonly Error NotDraft = Error.Conflict("application-not-draft", "The application was submitted already.");

    public static readonly Error NotChangeable = Error.Conflict(
        "application-not-changeable",
        "The application can no longer be changed: only a draft, one whose evidence is missing, and one that is decided on anew can."
    );

    public static readonly Error NotAssessable = Error.Conflict(
        "application-not-assessable",
        "The application does not wait for its decision: submit it first, or it was decided on already."
    );

    public static readonly Error NotInReview = Error.Conflict(
        "application-not-in-review",
        "No person has to decide on the application now."
    );

    public static readonly Error NotClaimed = Error.Conflict("application-not-claimed", "Claim the application before you decide on it.");

    public static readonly Error Claimed = Error.Conflict("application-claimed", "Somebody else has claimed the application.");

    public static readonly Error NotDeclined = Error.Conflict(
        "application-not-declined",
        "The application is not refused: a review is for one that is."
    );

    public static readonly Error Reviewed = Error.Conflict(
        "application-reviewed",
        "A person has looked at the refusal already, and has confirmed it."
    );

    public static readonly Error NotApproved = Error.Conflict(
        "application-not-approved",
        "The application is not approved: there is nothing to decide on anew. What a contract rests on stays; a change of it is a new application."
    );

    public static readonly Error NotOpen = Error.Conflict("application-not-open", "The application is over, or its loan was accepted.");

    public static readonly Error NotDecided = Error.Conflict("application-not-decided", "The application was not decided on yet.");

    public static readonly Error UnknownCustomer = Error.Validation("unknown-customer", "There is no customer with this id.", "customerId");

    public static readonly Error UnknownSecondCustomer = Error.Validation(
        "unknown-customer",
        "There is no customer with this id.",
        "secondCustomerId"
    );

    public static readonly Error SameCustomer = Error.Validation(
        "same-customer",
        "Nobody applies together with themselves.",
        "secondCustomerId"
    );

    public static Error UnknownDocument(string path) =>
        Error.Validation("unknown-document", "There is no document with this id of one who applies, or it was found not to count.", path);

    public static readonly Error AmountScale = Error.Validation("amount-scale", "An amount has more decimals than the currency.");

    public static readonly Error NoPolicy = Error.Conflict(
        "no-policy",
        "There is no policy for loans in the organisation's currency, so nobody decides by one."
    );

    public static readonly Error SecondPersonRequired = Error.Forbidden(
        "second-person-required",
        "This takes somebody else than who entered the application, and for the second word on an override, than who had the first."
    );

    public static readonly Error ConditionsMissing = Error.Validation(
        "conditions-missing",
        "A conditional approval names its conditions, and no other decision has any.",
        "conditions"
    );

    public static readonly Error ReasonsMissing = Error.Validation(
        "reasons-missing",
        "A refusal names its reasons, which the customer is told, and no other decision has any.",
        "reasons"
    );

    public static readonly Error NoBureauClass = Error.Validation(
        "bureau-class-unknown",
        "The credit bureau gave no class, so it is no reason.",
        "reasons"
    );
}
