using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Seeding;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Seeding;

/// <summary>Makes loan accounts of offers that were paid out, with books that follow from what happens to them.</summary>
/// <param name="services">The services of a scope.</param>
public sealed class ServicingSeeder(IServiceProvider services) : IModuleSeeder
{
    private const string Kind = "loan accounts";

    private static readonly (int Weight, FakeFate Fate)[] Fates =
    [
        (58, FakeFate.OnTime),
        (16, FakeFate.Late),
        (8, FakeFate.Returned),
        (8, FakeFate.Settled),
        (6, FakeFate.Behind),
        (4, FakeFate.CalledDue),
    ];

    private readonly ServicingDbContext db = services.GetRequiredService<ServicingDbContext>();

    /// <inheritdoc />
    public void Prepare(SeedPlan plan)
    {
        plan.Tell(
            (organization, _) =>
                OffersOf(plan, organization)
                    .Select(offer => new PayableLoan(FakeLoan.IdOf(offer, plan.Options.Seed), offer.CustomerId, offer.Currency))
        );
        plan.Tell((organization, _) => Loans(plan, organization).SelectMany(NextDue));
    }

    /// <inheritdoc />
    public async Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct)
    {
        foreach (var organization in plan.Organizations)
        {
            await writer.WriteAsync(
                db,
                Kind,
                plan.Options.LoanAccounts,
                organization.Id,
                Loans(plan, organization),
                loan => $"{Kind}, {JsonNamingPolicy.KebabCaseLower.ConvertName(loan.Standing.Status.ToString())}",
                loan => loan.Rows,
                ct
            );
        }
    }

    /// <inheritdoc />
    public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) =>
        writer.DeleteAsync(db, organizations, ct);

    private static IEnumerable<FakeLoan> Loans(SeedPlan plan, SeededOrganization organization) =>
        OffersOf(plan, organization)
            .Select(
                (offer, number) =>
                    new FakeLoan(
                        offer,
                        // The oldest ones show every fate, however few there are.
                        number < Fates.Length
                            ? Fates[number].Fate
                            : FakeLoan.RandomOf(plan.Options.Seed, offer, "fates of loan accounts").Pick(Fates),
                        organization.Administrator,
                        plan.Options.Until.AddDays(-1),
                        plan.Options.Seed
                    )
            );

    private static IEnumerable<AcceptedOffer> OffersOf(SeedPlan plan, SeededOrganization organization)
    {
        var (_, count) = SeedPlan.PartOf(plan.Options.LoanAccounts, organization.Number, plan.Organizations.Count);
        return plan.Told<AcceptedOffer>(organization, count).Where(offer => offer.DisbursedOn < plan.Options.Until);
    }

    // What the borrower pays next: all that is open, or the next instalment.
    private static IEnumerable<DueInstalment> NextDue(FakeLoan loan)
    {
        if (!loan.State.IsRunning)
        {
            yield break;
        }
        var open = loan.State.Schedule.Where(instalment => instalment.Open > 0).ToList();
        var due = open.Where(instalment => instalment.IsDue).ToList();
        if (due.Count > 0)
        {
            yield return new DueInstalment(loan.Account.Id, due[0].DueOn, due.Sum(instalment => instalment.Open));
        }
        else if (open.Count > 0)
        {
            yield return new DueInstalment(loan.Account.Id, open[0].DueOn, open[0].Open);
        }
    }
}
