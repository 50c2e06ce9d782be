using Lending.Servicing.Books;

namespace Lending.Servicing.LedgerExports;

/// <summary>The number of an account.</summary>
internal sealed record AccountNumber
{
    /// <summary>The account.</summary>
    /// <example>PRINCIPAL</example>
    public LedgerAccount? Account { get; init; }

    /// <summary>Its number at the tax adviser's: as many digits as numbers have.</summary>
    /// <example>1550</example>
    public string? Number { get; init; }
}

/// <summary>How the organisation's journal is exported.</summary>
internal sealed record LedgerSettingsResponse
{
    /// <summary>The tax adviser's number at DATEV; null until somebody has set it, and then there is no export for DATEV.</summary>
    /// <example>29098</example>
    public required int? ConsultantNumber { get; init; }

    /// <summary>The organisation's number at the tax adviser's.</summary>
    /// <example>55003</example>
    public required int? ClientNumber { get; init; }

    /// <summary>The month with which fiscal years begin.</summary>
    /// <example>1</example>
    public required int FiscalYearStartMonth { get; init; }

    /// <summary>How many digits numbers of accounts have.</summary>
    /// <example>4</example>
    public required int AccountLength { get; init; }

    /// <summary>The number of each account.</summary>
    public required IReadOnlyList<AccountNumber> Accounts { get; init; }

    public static LedgerSettingsResponse Of(LedgerSettings? settings) =>
        new()
        {
            ConsultantNumber = settings?.ConsultantNumber,
            ClientNumber = settings?.ClientNumber,
            FiscalYearStartMonth = settings?.FiscalYearStartMonth ?? 1,
            AccountLength = settings?.AccountLength ?? ChartNumbers.UsualLength,
            Accounts =
            [
                .. (settings?.ReadNumbers() ?? ChartNumbers.Usual)
                    .OrderBy(pair => pair.Key)
                    .Select(pair => new AccountNumber { Account = pair.Key, Number = pair.Value }),
            ],
        };
}
