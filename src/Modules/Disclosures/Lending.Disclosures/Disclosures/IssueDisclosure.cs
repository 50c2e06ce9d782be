using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Disclosures.Form;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Disclosures;

/// <summary>
/// Gives the customer the pre-contractual information of an offer as it is now, by mail, on their pages or on paper. That version counts as seen by the
/// customer from here on; who changes the offer's terms later has to give the information again.
/// </summary>
/// <response code="409">
/// `disclosure-settings-missing`: what the form says of the creditor is not set. `offer-not-open`: the offer is neither pending nor approved.
/// </response>
internal sealed class IssueDisclosure(
    DisclosuresDbContext db,
    IOfferedCredits credits,
    ICustomerDirectory customers,
    ICustomerLinks links,
    IOrganizationDirectory organizations,
    INotifications notifications,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<IssueDisclosure.Request, Results<Created<DisclosureResponse>, Problem>>
{
    private const int MaximumTextLength = 200;

    internal sealed record Request
    {
        /// <summary>How it is given: `EMAIL`, `LINK` or `PAPER`, whichever the customer chose.</summary>
        /// <example>EMAIL</example>
        public DisclosureMedium? Medium { get; init; }

        /// <summary>The form's language: `en` or `de`.</summary>
        /// <example>en</example>
        public string? Language { get; init; }

        /// <summary>What is bought with the credit; at most 200 characters. Left out where the credit is linked to nothing.</summary>
        /// <example>Photovoltaic system, 9.8 kWp</example>
        public string? Goods { get; init; }

        /// <summary>The security that the customer gives; at most 200 characters. Left out for none.</summary>
        /// <example>Transfer of the photovoltaic system by way of security</example>
        public string? Sureties { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Medium).NotNull().IsInEnum();
            RuleFor(request => request.Language)
                .NotEmpty()
                .Must(language => language is null || PreContractualForm.Languages.Contains(language))
                .WithErrorCode("unknown-language")
                .WithMessage("There are forms in en and de.");
            RuleFor(request => request.Goods).MaximumLength(MaximumTextLength);
            RuleFor(request => request.Sureties).MaximumLength(MaximumTextLength);
        }
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/disclosures");
        Permissions(DisclosuresPermission.Issue);
        this.TellsOfPersons<DisclosureResponse>(nameof(Disclosure), disclosure => disclosure.Id, disclosure => disclosure.CustomerId);
    }

    public override async Task<Results<Created<DisclosureResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await credits.FindAsync(id, ct) is not { } found)
        {
            return Problem.NotFound;
        }
        if (!found.IsOpen)
        {
            return Problem.From(DisclosureErrors.OfferNotOpen);
        }
        if (await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct) is not { } settings)
        {
            return Problem.From(DisclosureErrors.SettingsMissing);
        }
        // From here on the customer counts as having seen it; it may have been changed or deleted since it was found.
        if (await credits.GiveAsync(id, ct) is not { } credit)
        {
            return Problem.NotFound;
        }
        var timeZone = (await organizations.GetAsync(caller.OrganizationId, ct)).TimeZone;
        var now = clock.GetStorableNow();
        var form = PreContractualForm.Of(
            new FormFacts
            {
                Credit = credit,
                Creditor = settings.ReadCreditor(),
                Goods = TextOf(request.Goods),
                Sureties = TextOf(request.Sureties),
                GivenOn = LocalDay.Of(now, timeZone),
                // The end is the first moment of the next day.
                ValidThrough = credit.ValidUntil is { } end ? LocalDay.Of(end.AddTicks(-1), timeZone) : null,
            },
            request.Language!
        );
        var disclosure = new Disclosure(credit, form, request.Medium!.Value, caller.Reference, now);
        await using var transaction = await transactions.BeginAsync(ct);
        if (await customers.HoldAsync(credit.CustomerId, ct) is not { } customer)
        {
            return Problem.NotFound;
        }
        db.Add(disclosure);
        db.Publish(
            new DisclosureIssued
            {
                DisclosureId = disclosure.Id,
                OfferId = credit.OfferId,
                OrganizationId = caller.OrganizationId,
                CustomerId = credit.CustomerId,
                At = now,
                By = caller.UserId,
            }
        );
        await db.SaveChangesAsync(ct);
        if (await MessageOfAsync(disclosure, form, customer, ct) is { } message)
        {
            await notifications.SendAsync(message, ct);
        }
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/disclosures/{disclosure.Id}", DisclosureResponse.WithForm(disclosure));
    }

    private async Task<Message?> MessageOfAsync(
        Disclosure disclosure,
        PreContractualForm form,
        CustomerSummary customer,
        CancellationToken ct
    )
    {
        switch (disclosure.Medium)
        {
            case DisclosureMedium.Email:
                var file = new MessageFile(FileName.Of(disclosure), FormPdf.Render(form, disclosure.FormHashText));
                return Message.PreContractualInformation(
                    customer.Email,
                    customer.Id,
                    customer.FullName,
                    disclosure.OfferId,
                    disclosure.Id,
                    file
                );
            case DisclosureMedium.Link:
                var link = await links.CreateAsync(customer, ct);
                var page = new PageLink(link.LinkId, link.Token);
                return Message.PreContractualInformationLink(customer.Email, customer.Id, customer.FullName, disclosure.Id, page);
            default:
                return null;
        }
    }

    private static string? TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
