using Lending.Kernel;

namespace Lending.Servicing.LedgerExports;

/// <summary>The ways in which exports of the journal can fail.</summary>
internal static class ExportErrors
{
    public static readonly Error NoSettings = Error.Conflict(
        "ledger-settings-missing",
        "DATEV takes no file without the tax adviser's number and the client's: set them first."
    );

    public static readonly Error NotOneFiscalYear = Error.Validation(
        "not-one-fiscal-year",
        "A file for DATEV is of one fiscal year: its days have no year.",
        "to"
    );

    public static readonly Error PeriodNotOver = Error.Validation("period-not-over", "Today and later days are not over.", "through");

    public static readonly Error PeriodClosed = Error.Conflict("period-closed", "These days are closed already.");

    public static readonly Error NotOfCents = Error.Validation("currency-scale", "DATEV knows amounts of two decimals.", "currency");
}
