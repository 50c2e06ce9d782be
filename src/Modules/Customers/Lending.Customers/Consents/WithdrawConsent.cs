using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>Takes a consent back (GDPR, Art. 7 (3)): customers themselves, staff record what a customer told them.</summary>
/// <remarks>A second request answers what the first one did, and so does one for a consent that another version has replaced.</remarks>
/// <response code="400">
/// `validation-failed`: `wrong-channel`: customers withdraw `ONLINE`, staff record what was said otherwise; `malformed-json`.
/// </response>
internal sealed class WithdrawConsent(CustomersDbContext db, Transactions transactions, ConsentLedger ledger, Caller caller)
    : Endpoint<WithdrawConsent.Request, Results<Ok<ConsentResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>How: `PAPER`, `TELEPHONE` or `IN_PERSON` from staff, `ONLINE` from customers. Left out: PAPER, from a customer ONLINE.</summary>
        /// <example>TELEPHONE</example>
        public GivenOver? Channel { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Channel).IsInEnum();
    }

    public override void Configure()
    {
        Post("customers/{id:guid}/consents/{consentId:guid}/withdraw");
        Permissions(CustomersPermission.ConsentsWrite);
    }

    public override async Task<Results<Ok<ConsentResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var (id, consentId) = (Route<Guid>("id"), Route<Guid>("consentId"));
        if (ConsentErrors.ChannelOf(caller, request.Channel) is not { } channel)
        {
            return Problem.From([ConsentErrors.WrongChannel]);
        }
        var consent = db.Consents.Where(row => row.Id == consentId && row.CustomerId == id);
        await using var transaction = await transactions.BeginAsync(ct);
        var ended = await ledger.EndAsync(consent, ConsentEnd.Withdrawn, channel, ct);
        if (await consent.ProjectToType<ConsentResponse>().SingleOrDefaultAsync(ct) is not { } response)
        {
            return Problem.NotFound;
        }
        // What had ended before was not changed, and was shown.
        db.Note(ended == 1 ? AuditAction.Update : AuditAction.Read, nameof(Consent), consentId, id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(response);
    }
}
