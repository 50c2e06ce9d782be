using Lending.Bench.Load;
using Lending.Testing;

namespace Lending.Bench.Servicing;

/// <summary>How often reading an account asks the database.</summary>
internal static class Reads
{
    public static async Task<Goal> MeasureAsync(ServicingBench bench)
    {
        var organization = Unique.Id();
        var id = await bench.OpenAsync(organization, 10_000, 6, 36, new DateOnly(2026, 12, 5));
        using var staff = bench.Host.ClientFor(Persons.Administrator(organization));
        // What every request looks up anew now and then is not the account's.
        await staff.GetStringAsync(new Uri($"/api/v1/loan-accounts/{id}", UriKind.Relative));
        var commands = await bench.Host.Services.CommandsOfAsync(() =>
            staff.GetStringAsync(new Uri($"/api/v1/loan-accounts/{id}", UriKind.Relative))
        );
        return Goal.AtMost("reading an account, round trips", commands.Count, 1);
    }
}
