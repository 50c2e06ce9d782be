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
    internal sealed record Request
    {
        /// <summary>The account holder's name.</summary>
        /// <example>Sonnenkredit GmbH</example>
        public string Name { get; init; } = "";

        /// <summary>The creditor identifier; in Germany, the Bundesbank gives it.</summary>
        /// <example>DE98ZZZ09999999999</example>
        public string Identifier { get; init; } = "";

        /// <summary>The account on which is collected.</summary>
        /// <example>DE87200500001234567890</example>
        public string Iban { get; init; } = "";

        /// <summary>The bank's code; inside SEPA it is not needed.</summary>
        /// <example>BANKDEFFXXX</example>
        public string? Bic { get; init; }

        /// <summary>The street's name.</summary>
        /// <example>Hauptstraße</example>
        public string? Street { get; init; }

        /// <summary>The number of the house.</summary>
        /// <example>1</example>
        public string? BuildingNumber { get; init; }

        /// <summary>The postal code.</summary>
        /// <example>10115</example>
        public string? PostCode { get; init; }

        /// <summary>The town.</summary>
        /// <example>Berlin</example>
        public string Town { get; init; } = "";

        /// <summary>The country's two letters.</summary>
        /// <example>DE</example>
        public string Country { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Creditor.MaximumNameLength).MustBeOneLine();
            RuleFor(request => request.Identifier)
                .Must(CreditorIdentifier.IsValid)
                .WithErrorCode("invalid-creditor-identifier")
                .WithMessage("It is no creditor identifier: its check digits do not fit.");
            RuleFor(request => request.Iban).MustBeIban();
            RuleFor(request => request.Bic).MustBeBic();
            RuleFor(request => request.Street).MaximumLength(Creditor.MaximumAddressLength).MustBeOneLine();
            RuleFor(request => request.BuildingNumber).MaximumLength(Creditor.MaximumCodeLength).MustBeOneLine();
            RuleFor(request => request.PostCode).MaximumLength(Creditor.MaximumCodeLength).MustBeOneLine();
            RuleFor(request => request.Town).NotEmpty().MaximumLength(Creditor.MaximumTownLength).MustBeOneLine();
            RuleFor(request => request.Country)
                .Must(Lending.Kernel.Country.IsKnown)
                .WithErrorCode("invalid-country")
                .WithMessage("It is no country's two letters.");
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
