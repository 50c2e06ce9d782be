using FastEndpoints;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Disclosures.Disclosures;

/// <summary>Shows the pre-contractual information that a customer was given, row by row. Customers see what they were given themselves.</summary>
internal sealed class GetDisclosure(DisclosuresDbContext db) : EndpointWithoutRequest<Results<Ok<DisclosureResponse>, Problem>>
{
    public override void Configure()
    {
        Get("disclosures/{id:guid}");
        Permissions(DisclosuresPermission.Read);
        this.TellsOfPersons<DisclosureResponse>(nameof(Disclosure), disclosure => disclosure.Id, disclosure => disclosure.CustomerId);
    }

    public override async Task<Results<Ok<DisclosureResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        await db.FindDisclosureAsync(Route<Guid>("id"), ct) is { } disclosure
            ? TypedResults.Ok(DisclosureResponse.WithForm(disclosure))
            : Problem.NotFound;
}
