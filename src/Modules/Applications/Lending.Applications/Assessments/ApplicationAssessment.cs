using Lending.Applications.Bureau;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Policies;
using Lending.Applications.Scoring;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Assessments;

/// <summary>
/// Decides on an application by policy, in three steps: what will be asked is written down, the credit bureau is asked without a transaction, and answers and
/// decision are stored together. After a crash between, the same is asked again with the same keys.
/// </summary>
internal sealed class ApplicationAssessment(
    ApplicationsDbContext db,
    ApplicationSteps steps,
    Transactions transactions,
    ICustomerDirectory customers,
    IOrganizationDirectory organizations,
    IScoreProvider bureau,
    PolicyInForce policy,
    EvidenceDocuments documents,
    IOfferedCredits credits,
    RefusalMail mail,
    ApplicationMessages messages,
    Caller caller,
    OrganizationClock clock
)
{
    private static readonly ApplicationDetails.CompleteRules Complete = new();

    /// <summary>Decides, or waits for evidence that is missing; answers why neither is possible, or null.</summary>
    public async Task<Problem?> RunAsync(Guid applicationId, CancellationToken ct)
    {
        var (problem, questions) = await BeginAsync(applicationId, ct);
        if (problem is not null || questions.Count == 0)
        {
            return problem;
        }
        var isSandbox = (await organizations.GetAsync(caller.OrganizationId, ct)).IsSandbox;
        var replies = await Task.WhenAll(questions.Select(question => bureau.AskAsync(question, isSandbox, ct)));
        // What was read before may be different by now.
        db.ChangeTracker.Clear();
        var byKey = questions.Zip(replies).ToDictionary(pair => pair.First.IdempotencyKey, pair => pair.Second);
        // Who live in two countries share a household of which nobody can say where it is.
        var country = questions.Select(question => question.Country).Distinct().ToList() is [var only] ? only : null;
        await DecideAsync(applicationId, country, byKey, ct);
        return null;
    }

    private async Task<(Problem? Problem, IReadOnlyList<BureauQuestion> Questions)> BeginAsync(Guid applicationId, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        if (await steps.LockAsync(applicationId, ct) is not { } application)
        {
            return (Problem.NotFound, []);
        }
        var content = application.ReadContent();
        var details = content.Details;
        if (Complete.Validate(details) is { IsValid: false } incomplete)
        {
            var isWaiting = ApplicationDiagram.Changeable.Contains(application.Status) && application.Status != ApplicationStatus.Draft;
            return (isWaiting ? Problem.FromValidation(incomplete.Errors) : Problem.From(ApplicationErrors.NotAssessable), []);
        }
        if ((await policy.ReadAsync(ct)).Live.Currency != application.Currency)
        {
            return (Problem.From(ApplicationErrors.NoPolicy), []);
        }
        if (DecisionInputsOf.Instalment(details, application.Currency).Error is { } noInstalment)
        {
            return (Problem.From(noInstalment), []);
        }
        var now = clock.GetStorableNow();
        var named = await documents.NamedInAsync(application, ct);
        // Somebody may have found meanwhile that a document does not count.
        var counting = Evidence.WithNoOtherThan(details, named.Select(document => document.Id).ToHashSet());
        Guid[] approved = [.. named.Where(document => document.IsApproved).Select(document => document.Id)];
        var isProved = Evidence.MissingIn(content with { Details = counting }, approved).Count == 0;
        var next = isProved ? ApplicationStatus.Assessing : ApplicationStatus.Collecting;
        if (
            application.Status is not (ApplicationStatus.Assessing or ApplicationStatus.Collecting)
            || (application.Status, next) == (ApplicationStatus.Collecting, ApplicationStatus.Assessing)
        )
        {
            if (application.Move(next, caller.Reference, comment: null, now) is { } error)
            {
                return (Problem.From(error), []);
            }
        }
        if (application.Status == ApplicationStatus.Collecting)
        {
            // So that it says which evidence is missing. Nobody has a part in it by that.
            application.Change(counting, UserReference.System, isCustomer: false, now);
        }
        var questions = application.Status == ApplicationStatus.Assessing ? await AskAsync(application, details, now, ct) : [];
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (null, questions);
    }

    private async Task<IReadOnlyList<BureauQuestion>> AskAsync(
        CreditApplication application,
        ApplicationDetails details,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var open = await db
            .ScoreInquiries.Where(inquiry => inquiry.ApplicationId == application.Id && inquiry.AnsweredAt == null)
            .ToListAsync(ct);
        var questions = new List<BureauQuestion>();
        foreach (var customerId in application.CustomerIds)
        {
            var inquiry = open.Find(asked => asked.CustomerId == customerId);
            if (inquiry is null)
            {
                inquiry = new ScoreInquiry(application.Id, customerId, now);
                db.Add(inquiry);
            }
            var customer =
                await customers.HoldAsync(customerId, ct)
                ?? throw new InvalidOperationException("A customer with an open application is not deleted.");
            questions.Add(
                new()
                {
                    IdempotencyKey = inquiry.Id,
                    Purpose = inquiry.Purpose,
                    LegalBasis = inquiry.LegalBasis,
                    FullName = customer.FullName,
                    PostalAddress = customer.PostalAddress,
                    Amount = details.LoanAmount!.Value,
                    Currency = application.Currency,
                    TermMonths = details.TermMonths!.Value,
                    Reference = application.Id,
                    Country = customer.Country,
                }
            );
        }
        return questions;
    }

    private async Task DecideAsync(Guid applicationId, string? country, Dictionary<Guid, BureauReply?> replies, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        var application = await steps.LockAsync(applicationId, ct);
        // Somebody else who asked at the same time has decided, or the customer has withdrawn.
        if (application?.Status != ApplicationStatus.Assessing)
        {
            return;
        }
        var now = clock.GetStorableNow();
        var ids = replies.Keys.ToArray();
        var inquiries = await db.ScoreInquiries.Where(inquiry => ids.Contains(inquiry.Id)).OrderBy(inquiry => inquiry.Id).ToListAsync(ct);
        foreach (var inquiry in inquiries)
        {
            inquiry.Take(replies[inquiry.Id], now);
        }
        var instalment = await InstalmentAsync(application, ct);
        var (live, shadow) = await policy.ReadAsync(ct);
        var inputs = DecisionInputsOf.Of(application, instalment, country, inquiries);
        // Kept only where it counts: the version before refuses members that it does not know.
        var decision = StoredDecision.Of(live, live.LumpSumsByCountry is null ? inputs with { Country = null } : inputs);
        var automatic = new AutomaticDecision(application.Id, application.CustomerId, decision, now);
        db.Add(automatic);
        if (shadow is not null)
        {
            db.Add(new ShadowDecision(automatic.Id, shadow.Id, DecisionEngine.Evaluate(shadow.Read(), inputs)));
        }
        application.Follow(decision.Result.Outcome, caller.Reference, now);
        db.Publish(DecisionEvents.Of(application, caller, now));
        await db.SaveChangesAsync(ct);
        if (application.Status == ApplicationStatus.Declined)
        {
            await mail.SendAsync(application, decision, inquiries, named: null, ct);
        }
        await messages.SendAsync(application, ct);
        await transaction.CommitAsync(ct);
    }

    // An offer can ask for more in a month than its amount, rate and term alone: by fees, by its days, by how it is repaid.
    private async Task<decimal> InstalmentAsync(CreditApplication application, CancellationToken ct)
    {
        var plain = DecisionInputsOf.Instalment(application.ReadContent().Details, application.Currency).Instalment;
        return
            application.OfferId is { } offerId
            && await credits.FindAsync(offerId, ct) is { } offer
            && offer.Currency == application.Currency
            && application.CustomerIds.Contains(offer.CustomerId)
            ? Math.Max(plain, offer.MonthlyInstalment)
            : plain;
    }
}

internal static class DecisionEvents
{
    /// <summary>The event of what an application has just become.</summary>
    public static DecisionMade Of(CreditApplication application, Caller caller, DateTimeOffset now) =>
        new()
        {
            ApplicationId = application.Id,
            OrganizationId = caller.OrganizationId,
            CustomerId = application.CustomerId,
            At = now,
            By = caller.UserId,
            Status = EnumText.Of(application.Status),
        };
}
