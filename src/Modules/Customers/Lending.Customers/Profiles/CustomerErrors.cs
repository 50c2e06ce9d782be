using Lending.Kernel;

namespace Lending.Customers.Profiles;

internal static class CustomerErrors
{
    public static readonly Error EmailTaken = Error.Conflict(
        "email-taken",
        "Another customer of this organisation has this e-mail address.",
        "email"
    );

    public static readonly Error UnknownInstaller = Error.Validation(
        "unknown-installer",
        "Nobody with this id works for the organisation.",
        "installerId"
    );
}
