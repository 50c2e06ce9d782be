using FastEndpoints;
using FluentValidation;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Creditors;

/// <summary>
/// Says on which account the organisation collects, and as whom. Files for the bank that are released from now on name it; mandates keep the creditor identifier
/// that they were given with.
/// </summary>
/// <response code="409">`concurrent-change`: somebody else says it at the same time.</response>
internal sealed class PutCreditor(PaymentsDbContext db, OrganizationClock clock)
    : Endpoint<PutCreditor.Request, Results<Ok<CreditorResponse>, Problem>>
{
    internal sealed record Request : AccountParty
    {
        /// <summary>The account holder's name.</summary>
        /// <example>Sonnenkredit GmbH</example>
        public string Name { get; init; } = "";

        /// <summary>The creditor identifier; in Germany, the Bundesbank gives it.</summary>
        /// <example>DE98ZZZ09999999999</example>
        public string Identifier { get; init; } = "";

        /// <summary>How many days before a debit customers are told of it, as their contracts say: 14 where they say nothing.</summary>
        /// <example>1</example>
        public int? NoticeDays { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new AccountParty.Rules());
            RuleFor(request => request.Name).NotEmpty().MaximumLength(AccountParty.MaximumNameLength).MustBeOneLine();
            RuleFor(request => request.Identifier)
                .Must(CreditorIdentifier.IsValid)
                .WithErrorCode("invalid-creditor-identifier")
                .WithMessage("It is no creditor identifier: its check digits do not fit.");
            RuleFor(request => request.NoticeDays).InclusiveBetween(1, Creditor.UsualNoticeDays);
        }
    }

    public override void Configure()
    {
        Put("sepa-creditor");
        Permissions(PaymentsPermission.Release);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<CreditorResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var creditor = await db.Creditors.SingleOrDefaultAsync(ct);
        if (creditor is null)
        {
            creditor = Creditor.Create(now);
            db.Add(creditor);
        }
        creditor.Change(request, now);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(creditor.Adapt<CreditorResponse>());
    }
}
