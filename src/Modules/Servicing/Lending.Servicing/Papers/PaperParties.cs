using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Papers;

/// <summary>Who writes a paper to whom.</summary>
/// <param name="Lender">What the organisation calls itself.</param>
/// <param name="Language">The language in which it writes to this customer, where nobody asks for another one.</param>
/// <param name="CustomerName">The borrower; empty once the borrower was erased.</param>
/// <param name="CustomerAddress">The address in lines, without the name.</param>
/// <param name="CustomerEmail">Where the borrower is written to by mail.</param>
internal sealed record PaperParties(string Lender, string Language, string CustomerName, string CustomerAddress, string CustomerEmail)
{
    /// <summary>Lines about the lender: where it is, how it is reached, where it is registered. Empty where nobody has said it.</summary>
    public IReadOnlyList<string> Letterhead { get; init; } = [];

    /// <summary>The lender's name, and these lines.</summary>
    public string LenderInLines => string.Join('\n', [Lender, .. Letterhead]);

    /// <summary>Where the borrower sends money; null where nobody has said it.</summary>
    public LenderAccount? Account { get; init; }
}

/// <summary>Looks up who writes to whom, as it is today.</summary>
internal sealed class PartiesReader(
    ICustomerDirectory customers,
    IMessageSenders senders,
    ILetterheads letterheads,
    ILenderAccounts accounts,
    Transactions transactions,
    Caller caller
)
{
    public async Task<PaperParties> ReadAsync(LoanAccount loan, CancellationToken ct)
    {
        // The customer stays until it is read, so there is a transaction.
        await using var own = transactions.IsOpen ? null : await transactions.BeginAsync(ct);
        var customer = await customers.HoldAsync(loan.CustomerId, ct);
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        var account = await accounts.FindAsync(loan.Id, ct);
        return new(
            sender.Name,
            customer?.Language ?? sender.Language,
            customer?.FullName ?? "",
            customer?.PostalAddress ?? "",
            customer?.Email ?? ""
        )
        {
            Letterhead = LinesOf(await letterheads.FindAsync(ct), account),
            Account = account,
        };
    }

    /// <summary>The same, with the reference for payments, which the loan account is given if it has none.</summary>
    public async Task<PaperParties> ReadForDemandAsync(LoanAccount loan, CancellationToken ct)
    {
        var parties = await ReadAsync(loan, ct);
        return parties.Account is { Reference: null } account
            ? parties with
            {
                Account = account with { Reference = await accounts.GiveReferenceAsync(loan.Id, loan.CustomerId, ct) },
            }
            : parties;
    }

    // A lender of whom forms say nothing is where its account's holder is.
    private static List<string> LinesOf(Letterhead? letterhead, LenderAccount? account)
    {
        if (letterhead is null)
        {
            return account is null ? [] : [account.Address];
        }
        var address = letterhead
            .Address.ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var lines = new List<string> { string.Join(", ", address), $"{letterhead.Phone} · {letterhead.Email}" };
        if (letterhead.Register is { Length: > 0 } register)
        {
            lines.Add(register);
        }
        return lines;
    }
}
