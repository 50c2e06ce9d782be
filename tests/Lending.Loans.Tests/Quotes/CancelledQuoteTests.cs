using System.Diagnostics.Metrics;
using Lending.Loans.Quotes;
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
        var slice = new QuoteOffer(TimeProvider.System, new QuoteMetrics(services.GetRequiredService<IMeterFactory>()));
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
