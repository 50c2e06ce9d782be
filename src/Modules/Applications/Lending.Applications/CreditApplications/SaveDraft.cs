using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.CreditApplications;

/// <summary>Changes some of what an application says. It keeps who entered each value.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once. `amount-scale`: more decimals than the currency has. `unknown-customer`: there is none with this id.
/// `same-customer`: nobody applies together with themselves. `unknown-document`: a figure names a document that is none of those who apply, or that does not count.
/// </response>
/// <response code="409">
/// `application-not-changeable`: it is neither a draft, nor is evidence missing, nor is it decided on anew. `concurrent-change`: somebody changed it at the
/// same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class SaveDraft(
    ApplicationSteps steps,
    ICustomerDirectory customers,
    EvidenceDocuments documents,
    Caller caller,
    OrganizationClock clock
) : Endpoint<MergePatch<ApplicationDetails>, Results<Ok<ApplicationResponse>, Problem>>
{
    private static readonly ApplicationDetails.Validator Rules = new();

    public override void Configure()
    {
        Patch("applications/{id:guid}");
        Permissions(ApplicationsPermission.Write);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(
        MergePatch<ApplicationDetails> request,
        CancellationToken ct
    ) =>
        steps.ChangeAsync(
            HttpContext,
            Route<Guid>("id"),
            async application =>
            {
                var present = application.ReadContent().Details;
                if (!request.TryApply(present, Rules, out var details, out var problem))
                {
                    return problem;
                }
                var currency = Currency.Get(application.Currency);
                if (AmountsOf(details).Any(amount => !currency.HasScale(amount)))
                {
                    return Problem.From(ApplicationErrors.AmountScale);
                }
                if (details.SecondCustomerId == application.CustomerId)
                {
                    return Problem.From(ApplicationErrors.SameCustomer);
                }
                // Customers see nobody but themselves, so staff name the second one.
                if (
                    details.SecondCustomerId is { } second
                    && second != present.SecondCustomerId
                    && await customers.HoldAsync(second, ct) is null
                )
                {
                    return Problem.From(ApplicationErrors.UnknownSecondCustomer);
                }
                if (await documents.FindUnknownAsync(application.CustomerId, present, details, ct) is { Count: > 0 } unknown)
                {
                    return Problem.From([.. unknown.Select(ApplicationErrors.UnknownDocument)]);
                }
                return application.Change(details, caller.Reference, caller.CustomerScope is not null, clock.GetStorableNow()) is { } error
                    ? Problem.From(error)
                    : null;
            },
            ct
        );

    private static IEnumerable<decimal> AmountsOf(ApplicationDetails details) =>
        new[]
        {
            details.LoanAmount,
            details.LivingExpenses?.Amount,
            details.Housing?.Amount,
            details.ExistingInstalments?.Amount,
            details.First?.NetIncome?.Amount,
            details.Second?.NetIncome?.Amount,
        }.OfType<decimal>();
}
