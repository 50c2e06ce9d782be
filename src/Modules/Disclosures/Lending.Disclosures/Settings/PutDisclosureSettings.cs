using FastEndpoints;
using FluentValidation;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Disclosures.Form;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Settings;

/// <summary>Sets what the organisation's forms say of it from now on, and whether customers can accept offers without one. What is left out does not apply.</summary>
/// <response code="409">`concurrent-change`: somebody else sets it at the same time.</response>
/// <response code="412">`precondition-failed`: it was changed since the version in `If-Match`.</response>
internal sealed class PutDisclosureSettings(DisclosuresDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<PutDisclosureSettings.Request, Results<Ok<DisclosureSettingsResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The law that the credits are under: `CCD2` lets nobody accept without the form, `NONE` does.</summary>
        /// <example>CCD2</example>
        public DisclosureRegime? RegulatoryRegime { get; init; }

        /// <summary>The creditor and its agreements.</summary>
        public CreditorDetails? Creditor { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.RegulatoryRegime).NotNull().IsInEnum();
            RuleFor(request => request.Creditor).NotNull();
            RuleFor(request => request.Creditor!)
                .SetValidator(new CreditorRules.OfCreditor())
                .When(request => request.Creditor is not null);
        }
    }

    public override void Configure()
    {
        Put("disclosure-settings");
        Permissions(DisclosuresPermission.Settings);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<DisclosureSettingsResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var settings = await db.Settings.SingleOrDefaultAsync(ct);
        if (settings is not null && !HttpContext.MatchesVersion(settings.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (settings is null)
        {
            settings = new DisclosureSettings(
                caller.OrganizationId,
                request.RegulatoryRegime!.Value,
                request.Creditor!,
                caller.Reference,
                now
            );
            db.Add(settings);
        }
        else
        {
            settings.Change(request.RegulatoryRegime!.Value, request.Creditor!, caller.Reference, now);
        }
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(settings.RowVersion);
        return TypedResults.Ok(DisclosureSettingsResponse.Of(settings));
    }
}
