using Lending.Payments.Creditors;
using Lending.Payments.Data;
using Lending.Payments.References;
using Lending.Payments.Sepa;
using Lending.Seeding;
using Lending.Servicing.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Payments.Seeding;

/// <summary>Makes the account on which an organisation collects, and the reference that each borrower writes into transfers. SEPA has euros only.</summary>
/// <param name="services">The services of a scope.</param>
public sealed class PaymentsSeeder(IServiceProvider services) : IModuleSeeder
{
    /// <summary>An account number that is used as an example everywhere.</summary>
    internal const string OwnIban = "DE89370400440532013000";

    // What the Bundesbank gives for tests.
    private const string Identifier = "DE98ZZZ09999999999";

    private static readonly char[] Characters = [.. OwnCode.Characters];

    private readonly PaymentsDbContext db = services.GetRequiredService<PaymentsDbContext>();

    /// <inheritdoc />
    public void Prepare(SeedPlan plan) { }

    /// <inheritdoc />
    public async Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct)
    {
        foreach (var organization in plan.Organizations.Where(HasSepa))
        {
            await WriteAsync("creditors", plan.Organizations.Count(HasSepa), [CreditorOf(plan, organization)]);
            await WriteAsync(
                "payment references",
                plan.Options.LoanAccounts,
                plan.Told<PayableLoan>(organization, plan.Options.LoanAccounts).Select(loan => Reference(plan, loan))
            );

            Task WriteAsync<T>(string kind, long total, IEnumerable<T> rows)
                where T : class => writer.WriteAsync(db, kind, total, organization.Id, rows, _ => kind, ct);
        }
    }

    /// <inheritdoc />
    public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) =>
        writer.DeleteAsync(db, organizations, ct);

    internal static bool HasSepa(SeededOrganization organization) => organization.Currency == "EUR";

    /// <summary>The structured reference of a loan account.</summary>
    internal static string ReferenceOf(SeedPlan plan, Guid loanAccountId) => CreditorReference.Of(CodeOf(RandomOf(plan, loanAccountId)));

    internal static Creditor CreditorOf(SeedPlan plan, SeededOrganization organization)
    {
        var creditor = Creditor.Create(plan.Calendar.Begin, plan.Random("creditors", organization.Number).Id(plan.Calendar.Begin));
        creditor.Change(
            new PutCreditor.Request
            {
                Name = organization.Name,
                Identifier = Identifier,
                Iban = OwnIban,
                Street = "Sonnenallee",
                BuildingNumber = "1",
                PostCode = "12045",
                Town = "Berlin",
                Country = "DE",
            },
            plan.Calendar.Begin
        );
        return creditor;
    }

    private static PaymentReference Reference(SeedPlan plan, PayableLoan loan)
    {
        var random = RandomOf(plan, loan.Id);
        var reference = CreditorReference.Of(CodeOf(random));
        return PaymentReference.Of(random.Id(plan.Calendar.End), loan.Id, loan.CustomerId, reference, plan.Calendar.End);
    }

    private static string CodeOf(SeedRandom random) =>
        "LN" + string.Concat(Enumerable.Range(0, OwnCode.Length).Select(_ => random.Pick(Characters)));

    private static SeedRandom RandomOf(SeedPlan plan, Guid loanAccountId) =>
        plan.Random("payment references", BitConverter.ToInt64(loanAccountId.ToByteArray(bigEndian: true), 8));
}
