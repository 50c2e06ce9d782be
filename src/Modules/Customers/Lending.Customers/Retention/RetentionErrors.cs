using Lending.Kernel;

namespace Lending.Customers.Retention;

internal static class RetentionErrors
{
    public static readonly Error UnknownRecords = Error.Validation(
        "unknown-records",
        "There are no records of this kind; GET /retention/rules lists those that there are.",
        "records"
    );

    public static readonly Error TooSoon = Error.Validation(
        "too-soon",
        "These records have to be kept for longer; GET /retention/rules tells for how long.",
        "months"
    );
}
