using FastEndpoints;
using FluentValidation;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LedgerExports;

/// <summary>Sets how the organisation's journal is exported. Accounts that are not named get their usual number.</summary>
/// <response code="409">`concurrent-change`: somebody else sets it at the same time.</response>
internal sealed class PutLedgerSettings(ServicingDbContext db, Transactions transactions, Caller caller, OrganizationClock clock)
    : Endpoint<PutLedgerSettings.Request, Results<Ok<LedgerSettingsResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The tax adviser's number at DATEV.</summary>
        /// <example>29098</example>
        public int? ConsultantNumber { get; init; }

        /// <summary>The organisation's number at the tax adviser's.</summary>
        /// <example>55003</example>
        public int? ClientNumber { get; init; }

        /// <summary>The month with which fiscal years begin; January if it is left out.</summary>
        /// <example>1</example>
        public int? FiscalYearStartMonth { get; init; }

        /// <summary>How many digits numbers of accounts have; four if it is left out. With another length, each account is named.</summary>
        /// <example>4</example>
        public int? AccountLength { get; init; }

        /// <summary>Accounts whose number is not the usual one. No two have the same.</summary>
        public IReadOnlyList<AccountNumber>? Accounts { get; init; }

        public int ReadLength() => AccountLength ?? ChartNumbers.UsualLength;

        /// <summary>The number of every account.</summary>
        public IReadOnlyDictionary<LedgerAccount, string> ReadNumbers()
        {
            var numbers = new Dictionary<LedgerAccount, string>(ChartNumbers.Usual);
            foreach (var named in Accounts ?? [])
            {
                numbers[named.Account!.Value] = named.Number!;
            }
            return numbers;
        }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.ConsultantNumber).NotNull().InclusiveBetween(1001, 9_999_999);
            RuleFor(request => request.ClientNumber).NotNull().InclusiveBetween(1, 99_999);
            RuleFor(request => request.FiscalYearStartMonth).InclusiveBetween(1, 12);
            RuleFor(request => request.AccountLength).InclusiveBetween(4, 8);
            RuleFor(request => request.Accounts)
                .Must(accounts => accounts is null || accounts.All(named => named?.Account is not null && IsNumber(named.Number)))
                .WithMessage("Each has an account and a number of digits.")
                .DependentRules(() =>
                    RuleFor(request => request.Accounts)
                        .Must((request, _) => IsChart(request))
                        .WithErrorCode("not-a-chart")
                        .WithMessage("With those that are not named, each account has another number, of as many digits as numbers have.")
                );
        }

        private static bool IsNumber(string? number) => number is { Length: > 0 and <= 8 } && number.All(char.IsAsciiDigit);

        private static bool IsChart(Request request)
        {
            var numbers = request.ReadNumbers().Values;
            return numbers.All(number => number.Length == request.ReadLength())
                && numbers.Distinct(StringComparer.Ordinal).Count() == ChartNumbers.Usual.Count;
        }
    }

    public override void Configure()
    {
        Put("ledger-exports/settings");
        Permissions(ServicingPermission.Ledger);
    }

    public override async Task<Results<Ok<LedgerSettingsResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var settings = LedgerSettings.Of(
            request.ConsultantNumber!.Value,
            request.ClientNumber!.Value,
            request.FiscalYearStartMonth ?? 1,
            request.ReadLength(),
            request.ReadNumbers(),
            caller.Reference,
            clock.GetStorableNow()
        );
        await using var transaction = await transactions.BeginAsync(ct);
        await db.LedgerSettings.ExecuteDeleteAsync(ct);
        db.Add(settings);
        // Those that went were not loaded.
        db.Note(AuditAction.Update, nameof(LedgerSettings), entityId: null);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(LedgerSettingsResponse.Of(settings));
    }
}
