using FastEndpoints;
using FluentValidation;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Papers;
using Lending.Servicing.Rates;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Lending.Servicing.Dunning;

/// <summary>
/// Writes the next dunning letter of a loan account, and sends it by mail if wanted. It is in the language of the customer, else of the organisation, tells all that is overdue, who
/// demands it and to which account it is paid, as far as the organisation has said that (`PUT /disclosure-settings`, `PUT /sepa-creditor`), and charges nothing: what sending costs is booked as a charge before, if at all (§ 309 no. 5 BGB).
/// </summary>
/// <response code="409">
/// `nothing-overdue`, `loan-not-running`, `too-early`, `letter-too-young`, `no-further-level`: there is nothing to write, or not yet. `base-rate-missing`: default interest
/// until today cannot be told. `notice-not-allowed`: the arrears are less than § 498 BGB asks. `forbearance-missing`: none was offered since something is
/// overdue. `letter-id-taken`: another letter has this id. `concurrent-change`: somebody asks for the loan's payment reference for the first time at the same moment.
/// </response>
internal sealed class CreateDunningLetter(
    ServicingDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    KnownBaseRates rates,
    PartiesReader parties,
    INotifications notifications,
    DunningStops stops,
    Caller caller,
    OrganizationClock clock,
    ILogger<CreateDunningLetter> logger
) : Endpoint<CreateDunningLetter.Request, Results<Created<DunningLetterResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>An id that you make. Sent again, it is one letter.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid? LetterId { get; init; }

        /// <summary>Whether it is sent by mail, too.</summary>
        public bool SendsMail { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.LetterId).NotEmpty();
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/dunning-letters");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Created<DunningLetterResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var (accountId, letterId) = (Route<Guid>("id"), request.LetterId!.Value);
        var now = clock.GetStorableNow();
        var today = ServicingDay.Of(now);
        var baseRates = await rates.GetAsync(ct);
        await using var transaction = await transactions.BeginAsync(ct);
        // One letter at a time, and nothing is recorded meanwhile.
        await sql.LockLoanAsync(accountId, ct);
        if (await db.FindLoanAsync(accountId, ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var letters = await db
            .DunningLetters.AsNoTracking()
            .Where(letter => letter.LoanAccountId == accountId || letter.Id == letterId)
            .ToListAsync(ct);
        if (letters.Find(letter => letter.Id == letterId) is { } same)
        {
            return same.LoanAccountId == accountId ? Answer(same) : Problem.From(DunningErrors.LetterIdTaken);
        }
        var policy = await db.DunningPolicies.AsNoTracking().SingleOrDefaultAsync(ct);
        var levels = policy?.ReadLevels() ?? DunningLevel.Usual;
        var offers = await db.ReadForbearanceAsync(accountId, ct);
        var contract = account.ReadContract();
        var state = LoanReplay.At(contract, events, today, baseRates);
        var (level, error) = NextLetter.Of(contract, state, levels, letters, offers);
        if (error is not null)
        {
            if (error == ServicingErrors.BaseRateMissing)
            {
                stops.Count();
                logger.LogWarning("Dunning stops: no base rate is known from {Day} on", state.BaseRateMissingFrom);
            }
            return Problem.From(error);
        }
        var payBy = today.AddDays(levels[level - 1].PayWithinDays!.Value);
        var isNotice = levels[level - 1].ThreatensCallingDue;
        var (party, demand) = (await parties.ReadForDemandAsync(account, ct), DunningDemand.Of(state));
        var content = DunningWording.Of(party.Language).Write(accountId, demand, contract, party, level, isNotice, today, payBy);
        var isMailed = request.SendsMail && party.CustomerEmail.Length > 0;
        var letter = DunningLetter.Of(
            letterId,
            content,
            level,
            isNotice,
            isMailed,
            payBy,
            state.LeftOverSince ?? state.Arrears.Instalments[^1].DueOn,
            caller.Reference,
            now
        );
        db.Add(letter);
        if (isMailed)
        {
            await notifications.SendAsync(MailOf(content, account.CustomerId, party.CustomerEmail), ct);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer(letter);
    }

    // A mail has the lender's name anyway, and loses line breaks.
    private static Message MailOf(LetterContent letter, Guid customerId, string email)
    {
        var lender = letter.Lender.Split('\n');
        var help = lender.Length > 1 ? $"{letter.Help} {string.Join(", ", lender)}" : letter.Help;
        return Message.Dunning(email, customerId, letter.Title, letter.Salutation, letter.Demand, letter.Consequence, help);
    }

    private static Created<DunningLetterResponse> Answer(DunningLetter letter) =>
        TypedResults.Created($"/api/v1/dunning-letters/{letter.Id}", letter.Adapt<DunningLetterResponse>());
}
