using System.Diagnostics.Metrics;
using Lending.Loans.Quotes;
using Lending.Platform.Clocks;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Tests.Quotes;

public sealed class CancelledQuoteTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    public async Task Nothing_is_computed_for_a_client_that_has_gone(int? monthlyBudget)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var clock = new OrganizationClock(
            new SandboxClocks(new MadeUpSandboxes(), TimeProvider.System),
            new Caller(new HttpContextAccessor()),
            TimeProvider.System
        );
        var slice = new QuoteOffer(clock, new QuoteMetrics(services.GetRequiredService<IMeterFactory>()));
        var request = new QuoteOffer.Request
        {
            LoanAmount = 10_000,
            AnnualRatePercent = 8,
            TermMonths = monthlyBudget is null ? 10 : null,
            MonthlyBudget = monthlyBudget,
        };

        await Should.ThrowAsync<OperationCanceledException>(() => slice.ExecuteAsync(request, new CancellationToken(canceled: true)));
    }
}
