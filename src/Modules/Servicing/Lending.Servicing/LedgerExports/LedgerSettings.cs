using System.Text.Json;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;

namespace Lending.Servicing.LedgerExports;

/// <summary>How an organisation's journal is exported: whose it is at the tax adviser's, when its years begin, and the numbers of the accounts.</summary>
internal sealed class LedgerSettings : ITenantOwned
{
    private LedgerSettings() { }

    public Guid OrganizationId { get; private init; }

    /// <summary>The tax adviser's number at DATEV.</summary>
    public int ConsultantNumber { get; private init; }

    /// <summary>The organisation's number at the tax adviser's.</summary>
    public int ClientNumber { get; private init; }

    /// <summary>The month whose first day begins a fiscal year.</summary>
    public int FiscalYearStartMonth { get; private init; }

    public int AccountLength { get; private init; }

    /// <summary>The JSON of the numbers by the accounts' names, all of them.</summary>
    [NotPersonal]
    public string Numbers { get; private init; } = null!;

    public UserReference SetBy { get; private init; } = null!;

    public DateTimeOffset SetAt { get; private init; }

    public static LedgerSettings Of(
        int consultantNumber,
        int clientNumber,
        int fiscalYearStartMonth,
        int accountLength,
        IReadOnlyDictionary<LedgerAccount, string> numbers,
        UserReference by,
        DateTimeOffset now
    ) =>
        new()
        {
            ConsultantNumber = consultantNumber,
            ClientNumber = clientNumber,
            FiscalYearStartMonth = fiscalYearStartMonth,
            AccountLength = accountLength,
            Numbers = JsonSerializer.Serialize(numbers),
            SetBy = by,
            SetAt = now,
        };

    /// <summary>The numbers; of an account that is newer than the settings, the usual one.</summary>
    public IReadOnlyDictionary<LedgerAccount, string> ReadNumbers()
    {
        var numbers = new Dictionary<LedgerAccount, string>(ChartNumbers.Usual);
        foreach (var (account, number) in JsonSerializer.Deserialize<Dictionary<LedgerAccount, string>>(Numbers)!)
        {
            numbers[account] = number;
        }
        return numbers;
    }

    /// <summary>The first day of the fiscal year that a day is in.</summary>
    public DateOnly FiscalYearOf(DateOnly day) => new(day.Month >= FiscalYearStartMonth ? day.Year : day.Year - 1, FiscalYearStartMonth, 1);
}
