using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Persistence.Standby;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LedgerExports;

/// <summary>
/// Shows what the accounts of the organisation sum up to at the end of a day, as posted until a time, for each currency. Debits and credits of a
/// currency are always the same.
/// </summary>
internal sealed class GetTrialBalance(OrganizationSql sql, OrganizationClock clock)
    : Endpoint<StateRequest, Results<Ok<GetTrialBalance.TrialBalance>, Problem>>
{
    /// <summary>A trial balance.</summary>
    internal sealed record TrialBalance
    {
        /// <summary>The last day.</summary>
        public required DateOnly AsOf { get; init; }

        /// <summary>One for each currency in which there are loans.</summary>
        public required IReadOnlyList<CurrencyBalance> Currencies { get; init; }
    }

    /// <summary>The sums of one currency.</summary>
    internal sealed record CurrencyBalance
    {
        /// <summary>The ISO 4217 code.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>Accounts on which something was booked.</summary>
        public required IReadOnlyList<AccountBalance> Accounts { get; init; }

        /// <summary>The sum of all debits.</summary>
        public required decimal Debit { get; init; }

        /// <summary>The sum of all credits.</summary>
        public required decimal Credit { get; init; }

        /// <summary>Debits less credits: zero.</summary>
        public required decimal Balance { get; init; }
    }

    /// <summary>The sums of one account.</summary>
    internal sealed record AccountBalance
    {
        /// <summary>The account.</summary>
        public required LedgerAccount Account { get; init; }

        /// <summary>What was debited.</summary>
        public required decimal Debit { get; init; }

        /// <summary>What was credited.</summary>
        public required decimal Credit { get; init; }

        /// <summary>Debits less credits.</summary>
        public required decimal Balance { get; init; }
    }

    public override void Configure()
    {
        Get("trial-balance");
        Permissions(ServicingPermission.Ledger);
        this.MayReadFromStandby();
    }

    public override async Task<Results<Ok<TrialBalance>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var asOf = request.DayOf(now);
        var known = new SqlFilters().Add(request.KnownAt, time => $"created_at <= {time.ToUniversalTime()}");
        var rows = await sql.ReadAsync(
            $"""
            SELECT account.currency, line.account, sum(greatest(line.amount, 0)), sum(greatest(-line.amount, 0))
            FROM (
                SELECT id, organization_id, loan_account_id FROM servicing.journal_entries
                WHERE {sql.OfOrganization} AND effective_on <= {asOf}{known.Conditions}
            ) AS entry
            JOIN servicing.loan_accounts AS account ON account.id = entry.loan_account_id AND account.organization_id = entry.organization_id
            JOIN servicing.journal_lines AS line ON line.journal_entry_id = entry.id AND line.organization_id = entry.organization_id
            GROUP BY account.currency, line.account
            """,
            row =>
                (
                    Currency: Currency.Get(row.GetString(0)),
                    Account: Enum.Parse<LedgerAccount>(row.GetString(1)),
                    Debit: row.GetDecimal(2),
                    Credit: row.GetDecimal(3)
                ),
            ct,
            planForValues: true
        );
        return TypedResults.Ok(
            new TrialBalance
            {
                AsOf = asOf,
                Currencies =
                [
                    .. rows.GroupBy(row => row.Currency)
                        .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
                        .Select(group => new CurrencyBalance
                        {
                            Currency = group.Key.Code,
                            Accounts =
                            [
                                .. group
                                    .OrderBy(row => row.Account)
                                    .Select(row => new AccountBalance
                                    {
                                        Account = row.Account,
                                        Debit = row.Debit + group.Key.Zero,
                                        Credit = row.Credit + group.Key.Zero,
                                        Balance = row.Debit - row.Credit + group.Key.Zero,
                                    }),
                            ],
                            Debit = group.Sum(row => row.Debit) + group.Key.Zero,
                            Credit = group.Sum(row => row.Credit) + group.Key.Zero,
                            Balance = group.Sum(row => row.Debit - row.Credit) + group.Key.Zero,
                        }),
                ],
            }
        );
    }
}
