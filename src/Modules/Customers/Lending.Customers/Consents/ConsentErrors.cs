using Lending.Kernel;
using Lending.Platform.Security;

namespace Lending.Customers.Consents;

internal static class ConsentErrors
{
    public static readonly Error Given = Error.Conflict(
        "consent-given",
        "The customer has consented to this version of the text already.",
        "textVersion"
    );

    public static readonly Error WrongChannel = Error.Validation(
        "wrong-channel",
        "Customers say it ONLINE, which nobody else does for them; staff record what they were told: PAPER, TELEPHONE or IN_PERSON.",
        "channel"
    );

    public static readonly Error WrongTime = Error.Validation(
        "wrong-time",
        "This is later than now, or of a consent that the customer gives online, which is given now.",
        "givenAt"
    );

    /// <summary>How it was said: online by customers, on paper where staff leave it out; null where the caller cannot say so.</summary>
    public static GivenOver? ChannelOf(Caller caller, GivenOver? channel)
    {
        var isCustomer = caller.CustomerScope is not null;
        var said = channel ?? (isCustomer ? GivenOver.Online : GivenOver.Paper);
        return isCustomer == (said == GivenOver.Online) ? said : null;
    }
}
