using FastEndpoints;
using FluentValidation;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payouts;

/// <summary>
/// Makes a run that sends, on a day, payouts of loans which a second person has confirmed, and credits that go back to borrowers, each to an account that was
/// verified. What leaves is what the books say. It waits for a second person. A payout is in one run, until the bank refuses it or it comes back.
/// </summary>
/// <response code="400">`validation-failed`: all wrong fields at once; `no-such-payee-account`; `malformed-json`.</response>
/// <response code="409">
/// `no-creditor`: the organisation has not said from which account it pays. `closed-day`: banks settle nothing on this day. `too-late-for-day`: the bank needs the
/// file by one o'clock. `too-early-for-day`: the day is more than 14 days ahead. `not-payable`: an event is no confirmed payout and no refund, was reversed, or the customer
/// has withdrawn. `payout-in-run`: another run has one of them. `payee-not-verified`. `other-payee`: a loan goes to its borrower or to an installer, a credit to the borrower.
/// `other-installer`: the account is of an installer who did not offer the loan.
/// `currency-not-euro`. `concurrent-change`: somebody changed something at the same time.
/// </response>
internal sealed class CreatePayoutRun(
    PaymentsDbContext db,
    ILoanPayouts loans,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<CreatePayoutRun.Request, Results<Created<PayoutRunResponse>, Problem>>
{
    private const int MaximumPayouts = 200;

    internal sealed record Request
    {
        /// <summary>The day on which the bank sends the money: a day of TARGET, today or later.</summary>
        /// <example>2026-12-21</example>
        public DateOnly? ExecuteOn { get; init; }

        /// <summary>What is paid, and to which accounts: at most 200.</summary>
        public IReadOnlyList<Item> Payouts { get; init; } = [];
    }

    internal sealed record Item
    {
        /// <summary>The event of the loan account: the disbursement that was confirmed, or the refund of a credit.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15</example>
        public Guid LoanEventId { get; init; }

        /// <summary>The account to which it goes.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
        public Guid PayeeAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.ExecuteOn).NotNull();
            RuleFor(request => request.Payouts)
                .NotEmpty()
                .Must(payouts => payouts.Count <= MaximumPayouts)
                .WithMessage($"A run has at most {MaximumPayouts} payouts.")
                .Must(payouts => payouts.DistinctBy(item => item?.LoanEventId).Count() == payouts.Count)
                .WithMessage("Each payout is in it once.");
            RuleForEach(request => request.Payouts).Must(item => item is not null).WithMessage("It must be there.");
        }
    }

    public override void Configure()
    {
        Post("payout-runs");
        Permissions(PaymentsPermission.Post);
    }

    public override async Task<Results<Created<PayoutRunResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (!await db.Creditors.AnyAsync(ct))
        {
            return Problem.From(PaymentsErrors.NoCreditor);
        }
        var now = clock.GetStorableNow();
        var run = PayoutRun.Create(request.ExecuteOn!.Value, caller.Reference, now);
        if (PayoutRun.FindObstacleOf(run.ExecuteOn, now) is { } closed)
        {
            return Problem.From(closed);
        }
        var payeeIds = request.Payouts.Select(item => item.PayeeAccountId).Distinct().ToList();
        var payees = await db
            .PayeeAccounts.AsNoTracking()
            .Where(account => payeeIds.Contains(account.Id))
            .ToDictionaryAsync(account => account.Id, ct);
        await using var transaction = await transactions.BeginAsync(ct);
        var outgoing = (await loans.HoldAsync([.. request.Payouts.Select(item => item.LoanEventId)], ct)).ToDictionary(money =>
            money.LoanEventId
        );
        var payouts = new List<Payout>();
        foreach (var item in request.Payouts)
        {
            if (!payees.TryGetValue(item.PayeeAccountId, out var payee))
            {
                return Problem.From(PayoutErrors.NoSuchPayeeAccount);
            }
            if (!outgoing.TryGetValue(item.LoanEventId, out var money))
            {
                return Problem.From(PayoutErrors.NotPayable);
            }
            if (Payout.FindObstacleOf(money, payee) is { } obstacle)
            {
                return Problem.From(obstacle);
            }
            payouts.Add(Payout.Create(run, payee, money, now));
        }
        run.Comprise(payouts);
        db.Add(run);
        // Of two runs for the same payout, a unique index refuses one.
        db.AddRange(payouts);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/payout-runs/{run.Id}", run.Adapt<PayoutRunResponse>());
    }
}
